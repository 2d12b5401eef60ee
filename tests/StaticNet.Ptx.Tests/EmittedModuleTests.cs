using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using StaticNet.Cuda;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>
/// Every module that the build has emitted, for the networks of the assemblies beside this one, is assembled: no error, no spill, and registers that
/// leave room for the blocks that a kernel plans with.
/// </summary>
public sealed class EmittedModuleTests
{
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
                foreach (var problem in Assembler.Problems(module.Text, target))
                    problems.Enqueue($"{module.Name}: {problem}");
            });

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order()));
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
}
