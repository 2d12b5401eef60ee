using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using StaticNet.Cuda;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>
/// The kernels that the build has emitted, for the networks of the assemblies beside this one, are assembled: no error, no spill, and registers
/// that leave room for the blocks that a kernel plans with. Kernels that are the same but for their names are assembled once.
/// </summary>
public sealed partial class EmittedModuleTests
{
    /// <summary>Most text of a module that kernels are assembled in: a second or so of the assembler's time.</summary>
    private const int TextAtOnce = 1 << 20;

    private static readonly Lazy<(string Head, List<EmittedKernel> Kernels)> s_kernels = new(Kernels);

    /// <summary>All kernels of the samples; of the networks of tests, one of those that differ in numbers alone.</summary>
    [Theory]
    [InlineData("sm_80")]
    [InlineData("sm_86")]
    [InlineData("sm_89")]
    [InlineData("sm_90")]
    public void All_kernels_are_assembled_without_spills(string target)
    {
        var (head, kernels) = s_kernels.Value;
        var samples = kernels.Where(kernel => kernel.IsOfSample).DistinctBy(kernel => kernel.Text).ToArray();
        var known = samples.Select(kernel => kernel.Pattern).ToHashSet();
        Assemble(target, head, [.. samples, .. kernels.Where(kernel => !kernel.IsOfSample && known.Add(kernel.Pattern))]);
    }

    /// <summary>Assembles kernels, several together, under names that say whose they are.</summary>
    private static void Assemble(string target, string head, IReadOnlyCollection<EmittedKernel> kernels)
    {
        Assert.SkipWhen(Assembler.Program is null, "STATICNET_PTXAS names no assembler.");
        Assert.NotEmpty(kernels);
        var problems = new ConcurrentQueue<string>();
        var modules = (kernels.Sum(kernel => kernel.Text.Length) / TextAtOnce) + 1;

        Parallel.ForEach(
            kernels.OrderByDescending(kernel => kernel.Text.Length).Select((kernel, i) => (Text: $".visible .entry {kernel.Network}_{i}_{kernel.Name}{kernel.Text}", Module: i % modules))
                .GroupBy(kernel => kernel.Module, kernel => kernel.Text),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            module =>
            {
                foreach (var problem in Assembler.Problems(head + string.Concat(module), target))
                    problems.Enqueue(problem);
            });

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order()));
    }

    /// <summary>What all modules begin with, and the kernels of all networks.</summary>
    private static (string Head, List<EmittedKernel> Kernels) Kernels()
    {
        var (heads, kernels) = (new HashSet<string>(), new List<EmittedKernel>());
        foreach (var (network, isOfSample, text) in Modules())
        {
            var parts = Comment().Replace(text, "").Split(".visible .entry ");
            heads.Add(parts[0].TrimEnd() + "\n");
            foreach (var part in parts.Skip(1))
            {
                var name = part[..part.IndexOf('(', StringComparison.Ordinal)];
                kernels.Add(new(network, isOfSample, name, part[name.Length..], AnyNumber().Replace(part[name.Length..], "0")));
            }
        }

        return (Assert.Single(heads), kernels);
    }

    /// <summary>The modules of all networks in the assemblies that were built beside this one.</summary>
    private static IEnumerable<(string Network, bool IsOfSample, string Text)> Modules() =>
        from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        let assembly = Assembly.LoadFrom(file)
        where assembly.GetReferencedAssemblies().Any(reference => reference.Name == "StaticNet")
        from type in assembly.GetTypes()
        where type.IsSubclassOf(typeof(CudaPrograms)) && !type.IsAbstract
        let isOfSample = !assembly.GetName().Name!.StartsWith("StaticNet.", StringComparison.Ordinal)
        select (type.Name, isOfSample, Encoding.UTF8.GetString(((CudaPrograms)Activator.CreateInstance(type, nonPublic: true)!).Ptx));

    [GeneratedRegex(@"^\s*//.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    /// <summary>Constants: not the numbers of registers, parameters, types and labels.</summary>
    [GeneratedRegex(@"\b0f[0-9A-F]{8}\b|(?<![%\w.$])-?\d+\b")]
    private static partial Regex AnyNumber();

    /// <summary>A kernel of a network, its text from the parameters on, and that with the same in place of all constants.</summary>
    private sealed record EmittedKernel(string Network, bool IsOfSample, string Name, string Text, string Pattern);
}
