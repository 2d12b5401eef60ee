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
        var prepared = models.Select((model, i) => Prepare(i, model.Layers.SelectMany(layer => layer.Parameters), parameter => weights(i, parameter))).ToList();
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
    private static (WeightText Listing, byte[] Resource) Prepare(int network, IEnumerable<ParameterSpec> parameters, Func<ParameterSpec, float[]> weights)
    {
        var folder = Directory.CreateTempSubdirectory("frozen");
        try
        {
            var file = Path.Combine(folder.FullName, $"{network}.safetensors");
            Save(file, [.. parameters], weights);
            var task = new PrepareWeights { Weights = file, ResourceName = $"StaticNet/{network}.safetensors", Listing = $"{file}.txt", Resource = $"{file}.bin" };
            Assert.True(task.Execute());
            return (new WeightText($"{network}.safetensors", File.ReadAllText(task.Listing)), File.ReadAllBytes(task.Resource));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Saves weights as a network does that has them.</summary>
    private static void Save(string file, ParameterSpec[] parameters, Func<ParameterSpec, float[]> weights)
    {
        var (infos, offset) = (new List<Execution.ParameterInfo>(), 0L);
        foreach (var parameter in parameters)
        {
            var info = new Execution.ParameterInfo(parameter.Name, [.. parameter.Shape], offset, LayoutOf(parameter));
            infos.Add(info);
            offset += info.Layout.Length;
        }

        using var core = new NetworkCore(new() { Name = "Drawn", InputSizes = [1], OutputSize = 1, Parameters = [.. infos], Layers = [] }, 1, () => new NoPrograms());
        for (var i = 0; i < parameters.Length; i++)
            core.Parameter(i).CopyFrom(weights(parameters[i]));
        WeightFile.Save(core, file);
    }

    private static ParameterLayout LayoutOf(ParameterSpec parameter)
    {
        return parameter.Role != ParameterRole.Weight ? ParameterLayout.Vector(Order(parameter.Features, parameter.Size))
            : parameter.Cells > 1 ? ParameterLayout.Matrix(parameter.Shape[0], parameter.Columns, parameter.Cells)
            : ParameterLayout.Matrix(Order(parameter.OutputFeatures, parameter.Shape[0]), Order(parameter.Features, parameter.Columns));

        static FeatureOrder Order(EquatableArray<FeaturePart> parts, int length) =>
            parts.Count == 0 ? new(length) : new([.. parts.Select(part => (part.Channels, part.Places))]);
    }

    /// <summary>A network that only has weights.</summary>
    private sealed class NoPrograms : Workspace
    {
        public override int GradientChunkFloats => 0;

        public override int ScratchFloats => 0;

        public override int Stages(ProgramKind program) => 0;

        public override int Chunks(int stage) => 0;

        public override long Work(int stage) => 0;

        public override long ArenaFloats(ProgramKind program, int batch) => 0;

        public override void Execute(int stage, int chunk, int worker) => throw new InvalidOperationException("There are no programs.");
    }
}
