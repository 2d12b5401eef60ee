using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;
using OnnxGraph = StaticNet.Execution.OnnxGraph;

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
}
