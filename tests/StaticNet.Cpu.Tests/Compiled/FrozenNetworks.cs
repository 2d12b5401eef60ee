extern alias tasks;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Execution;
using StaticNet.Generators.Frozen;
using tasks::StaticNet.Tasks;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Networks frozen while the tests run, as a build does it: their files of weights through the task, the classes through the generator.</summary>
internal sealed class FrozenNetworks : IDisposable
{
    private readonly AssemblyLoadContext _context = new("frozen networks", isCollectible: true);
    private readonly Assembly _assembly;

    private FrozenNetworks(Stream assembly, IReadOnlyList<string> code)
    {
        Code = code;
        _assembly = _context.LoadFromStream(assembly);
    }

    /// <summary>The generated code of each.</summary>
    public IReadOnlyList<string> Code { get; }

    /// <param name="networks">Attributes of a network each, and the network with its weights.</param>
    public static FrozenNetworks Compile(IReadOnlyList<(string Attributes, NetworkCore Network)> networks)
    {
        var folder = Directory.CreateTempSubdirectory("frozen");
        try
        {
            var prepared = networks.Select((network, i) => Prepare(network.Network, folder.FullName, i)).ToList();
            return Compile([.. networks.Select(network => network.Attributes)], prepared);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A new instance of one of them.</summary>
    public FrozenCore Create(int network)
    {
        var type = _assembly.GetType($"Drawn.Frozen{network}", throwOnError: true)!;
        return (FrozenCore)type.GetField("_core", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(Activator.CreateInstance(type))!;
    }

    public void Dispose() => _context.Unload();

    private static (string Listing, byte[] Resource) Prepare(NetworkCore network, string folder, int i)
    {
        var file = Path.Combine(folder, $"{i}.safetensors");
        WeightFile.Save(network, file);
        var task = new PrepareWeights { Weights = file, ResourceName = $"StaticNet/{i}.safetensors", Listing = $"{file}.txt", Resource = $"{file}.bin" };
        Assert.True(task.Execute());
        return (File.ReadAllText(task.Listing), File.ReadAllBytes(task.Resource));
    }

    private static FrozenNetworks Compile(string[] attributes, List<(string Listing, byte[] Resource)> prepared)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var source = "using StaticNet; namespace Drawn;\n" + string.Concat(attributes.Select((layers, i) =>
            $"[Network] {layers} public partial class Net{i}; [Frozen<Net{i}>(\"{i}.safetensors\")] public partial class Frozen{i};\n"));
        var compilation = CSharpCompilation.Create(
            "Frozen",
            [CSharpSyntaxTree.ParseText(source, options)],
            CompiledNetworks.References,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        var files = prepared.Select((weights, i) =>
        {
            var spec = FrozenSpec.Parse(compilation.GetTypeByMetadataName($"Drawn.Frozen{i}")!, TestContext.Current.CancellationToken);
            var text = new WeightText($"{i}.safetensors", weights.Listing);
            Assert.Empty(spec.Check(text, []));
            return FrozenCompiler.Compile(spec, text);
        }).ToList();
        compilation = compilation.AddSyntaxTrees(files.SelectMany(all => all).Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Name)));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(
            assembly,
            manifestResources: prepared.Select((weights, i) => new ResourceDescription($"StaticNet/{i}.safetensors", () => new MemoryStream(weights.Resource), isPublic: true)),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"{source}\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10))}");
        assembly.Position = 0;
        return new(assembly, [.. files.Select(all => string.Concat(all.Select(file => file.Text)))]);
    }
}
