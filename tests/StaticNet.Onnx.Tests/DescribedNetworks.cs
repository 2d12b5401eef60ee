using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Execution;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;
using OnnxGraph = StaticNet.Execution.OnnxGraph;
using ParameterInfo = StaticNet.Execution.ParameterInfo;

namespace StaticNet.Onnx.Tests;

/// <summary>
/// Declarations of networks of which only what describes them as ONNX is generated and compiled: kernels would take a thousand times as
/// long.
/// </summary>
internal sealed class DescribedNetworks
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "StaticNet.dll" or "System.Runtime.dll" or "System.Private.CoreLib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Assembly _descriptions;

    /// <param name="declarations">Attributes of a network each.</param>
    public DescribedNetworks(IReadOnlyList<string> declarations)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var source = "using StaticNet;\n" + string.Concat(declarations.Select((attributes, i) => $"[Network] {attributes} public partial class Net{i};\n"));
        var compilation = CSharpCompilation.Create(
            "Described", [CSharpSyntaxTree.ParseText(source, options)], s_references, new(OutputKind.DynamicallyLinkedLibrary));
        Models = [.. declarations.Select((_, i) =>
            NetworkAnalysis.Analyze(NetworkParser.Parse(compilation.GetTypeByMetadataName($"Net{i}")!, TestContext.Current.CancellationToken)))];
        Assert.All(Models, (model, i) => Assert.False(model.HasErrors, $"{declarations[i]}: {string.Join("; ", model.Findings.Select(finding => finding.Rule))}"));

        var writer = new SourceWriter();
        writer.Line("using StaticNet;").Line("using StaticNet.Execution;");
        foreach (var model in Models)
        {
            new OnnxWriter(OnnxExport.Of(model)).Write(writer, model.Spec.Name + "_Onnx", model.Spec.Name);
        }

        compilation = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(CSharpSyntaxTree.ParseText(writer.ToString(), options));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(10)));
        _descriptions = Assembly.Load(assembly.ToArray());
    }

    /// <summary>The networks as the compiler sees them.</summary>
    public IReadOnlyList<NetworkModel> Models { get; }

    /// <summary>The generated description of a network.</summary>
    public Action<OnnxGraph, OnnxOutput> Describe(int network) => _descriptions
        .GetType($"Net{network}_Onnx", throwOnError: true)!
        .GetMethod("Describe")!
        .CreateDelegate<Action<OnnxGraph, OnnxOutput>>();

    /// <summary>What holds the parameters of a network, and runs nothing.</summary>
    public NetworkCore CreateCore(int network)
    {
        var model = Models[network];
        List<ParameterInfo> parameters = [];
        foreach (var parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var layout = parameter.Role == ParameterRole.Weight
                ? ParameterLayout.Matrix(
                    Order(parameter.OutputFeatures, (parameter.Shape[0], 1)), Order(parameter.Features, (parameter.Columns / parameter.Cells, parameter.Cells)))
                : ParameterLayout.Vector(Order(parameter.Features, (parameter.Size, 1)));
            var offset = parameters is [.., var last] ? last.Offset + last.Layout.Length : 0;
            parameters.Add(new(parameter.Name, [.. parameter.Shape], offset, layout));
        }

        var info = new NetworkInfo
        {
            Name = model.Spec.Name,
            InputSizes = [.. model.Inputs.Select(input => input.Shape.Aggregate((a, b) => a * b))],
            OutputSize = model.Output.Aggregate((a, b) => a * b),
            Parameters = [.. parameters],
            Layers = [.. model.Layers.Select(layer => new LayerInfo(layer.Name, layer.Text, string.Join('×', layer.Shape), 0, layer.MultiplyAdds))],
        };
        return new(info, seed: 1, () => new NoPrograms());
    }

    private static FeatureOrder Order(EquatableArray<FeaturePart> parts, (int Channels, int Places) otherwise) =>
        parts.Count == 0 ? new(otherwise) : new([.. parts.Select(part => (part.Channels, part.Places))]);

    private sealed class NoPrograms : Workspace
    {
        public override int GradientChunkFloats => 0;

        public override int ScratchFloats => 0;

        public override int Stages(ProgramKind program) => 0;

        public override int Chunks(int stage) => 0;

        public override long Work(int stage) => 0;

        public override long ArenaFloats(ProgramKind program, int batch) => 0;

        public override void Execute(int stage, int chunk, int worker)
        {
        }
    }
}
