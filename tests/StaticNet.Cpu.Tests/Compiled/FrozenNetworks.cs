extern alias tasks;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Execution;
using StaticNet.Generators.Frozen;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using tasks::StaticNet.Tasks;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Networks frozen while the tests run, as a build does it: their files of weights through the task, the classes through the generator.</summary>
internal sealed class FrozenNetworks : IDisposable
{
    private readonly AssemblyLoadContext _context = new("frozen networks", isCollectible: true);
    private readonly Assembly _assembly;

    private FrozenNetworks(Stream assembly, IReadOnlyList<NetworkModel> models, IReadOnlyList<string> code)
    {
        (Models, Code) = (models, code);
        _assembly = _context.LoadFromStream(assembly);
    }

    /// <summary>The networks as the compiler sees them.</summary>
    public IReadOnlyList<NetworkModel> Models { get; }

    /// <summary>The generated code of each.</summary>
    public IReadOnlyList<string> Code { get; }

    /// <param name="networks">Attributes of a network each.</param>
    /// <param name="weights">The values of a parameter of one of them, in PyTorch's order.</param>
    public static FrozenNetworks Compile(IEnumerable<string> networks, Func<int, ParameterSpec, float[]> weights)
    {
        string[] attributes = [.. networks];
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var source = "using StaticNet; namespace Drawn;\n" + string.Concat(attributes.Select((layers, i) =>
            $"[Network] {layers} public partial class Net{i}; [Frozen<Net{i}>(\"{i}.safetensors\")] public partial class Frozen{i};\n"));
        var compilation = CSharpCompilation.Create(
            "Frozen",
            [CSharpSyntaxTree.ParseText(source, options)],
            CompiledNetworks.References,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        FrozenSpec[] specs = [.. attributes.Select((_, i) => FrozenSpec.Parse(compilation.GetTypeByMetadataName($"Drawn.Frozen{i}")!, TestContext.Current.CancellationToken))];
        var models = Array.ConvertAll(specs, spec => NetworkAnalysis.Analyze(spec.Network));
        var prepared = models.Select((model, i) => Prepare(i, model, parameter => weights(i, parameter))).ToList();
        var files = specs.Select((spec, i) =>
        {
            Assert.Empty(spec.Check(prepared[i].Listing, []));
            return FrozenCompiler.Compile(spec, prepared[i].Listing);
        }).ToList();
        compilation = compilation.AddSyntaxTrees(files.SelectMany(all => all).Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Name)));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(
            assembly,
            manifestResources: prepared.Select((weights, i) => new ResourceDescription($"StaticNet/{i}.safetensors", () => new MemoryStream(weights.Resource), isPublic: true)),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"{source}\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10))}");
        assembly.Position = 0;
        return new(assembly, models, [.. files.Select(all => string.Concat(all.Select(file => file.Text)))]);
    }

    /// <summary>A new instance of one of them.</summary>
    public FrozenCore Create(int network)
    {
        var type = _assembly.GetType($"Drawn.Frozen{network}", throwOnError: true)!;
        return (FrozenCore)type.GetField("_core", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(Activator.CreateInstance(type))!;
    }

    public void Dispose() => _context.Unload();

    /// <summary>A file as the library writes it, through the task of the build.</summary>
    private static (WeightText Listing, byte[] Resource) Prepare(int network, NetworkModel model, Func<ParameterSpec, float[]> weights)
    {
        ParameterSpec[] parameters = [.. model.Layers.SelectMany(layer => layer.Parameters)];
        var folder = Directory.CreateTempSubdirectory("frozen");
        try
        {
            var file = Path.Combine(folder.FullName, $"{network}.safetensors");
            using (var core = WeightsOnly.Of(model))
            {
                for (var i = 0; i < core.Info.Parameters.Length; i++)
                    core.Parameter(i).CopyFrom(weights(parameters[i]));
                WeightFile.Save(core, file);
            }

            var task = new PrepareWeights { Weights = file, ResourceName = $"StaticNet/{network}.safetensors", Listing = $"{file}.txt", Resource = $"{file}.bin" };
            Assert.True(task.Execute());
            return (new WeightText($"{network}.safetensors", File.ReadAllText(task.Listing)), File.ReadAllBytes(task.Resource));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
