using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using StaticNet.Cuda;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>
/// Every module that the build has emitted, for the networks of the assemblies beside this one, is assembled: no error, no spill, and registers that
/// leave room for the blocks that a kernel plans with.
/// </summary>
public sealed partial class EmittedModuleTests
{
    private const int RegistersOfMultiprocessor = 65536;

    /// <summary>
    /// All modules take 25 s on two processors for each target. What is right for one is hardly ever wrong for another: these few, with every kind of
    /// kernel, stand for the others on later targets.
    /// </summary>
    private static readonly string[] s_chosen = ["ModelZoo_MnistCnn_Cuda", "ModelZoo_DsCnn_Cuda", "ModelZoo_ResNet8_Cuda"];

    [Fact]
    public void All_modules_are_assembled_without_spills() => Assemble("sm_80", _ => true);

    [Theory]
    [InlineData("sm_86")]
    [InlineData("sm_89")]
    [InlineData("sm_90")]
    public void Later_targets_are_assembled_without_spills(string target) => Assemble(target, s_chosen.Contains);

    private static void Assemble(string target, Func<string, bool> isWanted)
    {
        Assert.SkipWhen(Assembler.Program is null, "STATICNET_PTXAS names no assembler.");
        var modules = Modules().FindAll(module => isWanted(module.Name));
        Assert.NotEmpty(modules);
        var problems = new ConcurrentQueue<string>();

        Parallel.ForEach(
            modules.OrderByDescending(module => module.Text.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            module =>
            {
                foreach (var problem in Problems(module.Text, target))
                    problems.Enqueue($"{module.Name}: {problem}");
            });

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order()));
    }

    private static IEnumerable<string> Problems(string text, string target)
    {
        var (isAssembled, report) = Assembler.Assemble(text, target);
        if (!isAssembled)
        {
            yield return report;
            yield break;
        }

        var wishes = Wish().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => Number(match, "threads") * Number(match, "blocks"));
        foreach (Match kernel in Kernel().Matches(report))
        {
            var (name, registers) = (kernel.Groups["name"].Value, Number(kernel, "registers"));
            if (Number(kernel, "stores") + Number(kernel, "loads") > 0)
            {
                yield return $"{name} spills {kernel.Groups["stores"]} bytes and loads {kernel.Groups["loads"]}, with {registers} registers";
            }

            if (wishes.TryGetValue(name, out var threads) && threads * registers > RegistersOfMultiprocessor)
            {
                yield return $"{name} takes {registers} registers for each of {threads} threads at once";
            }
        }
    }

    /// <summary>The modules of all networks in the assemblies that were built beside this one.</summary>
    private static List<(string Name, string Text)> Modules() =>
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(Assembly.LoadFrom)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == "StaticNet"))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(CudaPrograms)) && !type.IsAbstract)
            .Select(type => (type.Name, Encoding.UTF8.GetString(((CudaPrograms)Activator.CreateInstance(type, nonPublic: true)!).Ptx))),
    ];

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.entry (?<name>\w+)\([^)]*\)\s+\.maxntid (?<threads>\d+), 1, 1\s+\.minnctapersm (?<blocks>\d+)")]
    private static partial Regex Wish();

    [GeneratedRegex(@"Function properties for (?<name>\w+)\s+\d+ bytes stack frame, (?<stores>\d+) bytes spill stores, (?<loads>\d+) bytes spill loads\s.*?Used (?<registers>\d+) registers", RegexOptions.Singleline)]
    private static partial Regex Kernel();
}
