using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Conformance;
using StaticNet.Execution;
using StaticNet.Generators;
using StaticNet.Generators.Parsing;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Networks compiled while the tests run, from attribute lists, into an assembly that goes again.</summary>
internal sealed class CompiledNetworks : IDisposable
{
    /// <summary>What generated code refers to.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "StaticNet.dll" or "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly AssemblyLoadContext _context = new("compiled networks", isCollectible: true);
    private readonly Type[] _types;

    private CompiledNetworks(IReadOnlyList<NetworkModel> models, Stream assembly)
    {
        Models = models;
        var loaded = _context.LoadFromStream(assembly);
        _types = [.. models.Select(model => loaded.GetType(model.Spec.FullName, throwOnError: true)!)];
    }

    /// <summary>The networks as the compiler sees them.</summary>
    public IReadOnlyList<NetworkModel> Models { get; }

    /// <summary>The classes.</summary>
    public IReadOnlyList<Type> Types => _types;

    /// <summary>Compiles declarations such as <c>[Input(4)] [Dense(2), Relu]</c>.</summary>
    /// <param name="declarations">Attributes of a network each.</param>
    /// <param name="optimizations">What the compiler leaves out; nothing unless given.</param>
    /// <param name="precisions">The precision of each; the usual one unless given.</param>
    /// <param name="emitPtx">Whether they have kernels for GPUs.</param>
    public static CompiledNetworks Compile(
        IReadOnlyList<string> declarations, Optimizations? optimizations = null, IReadOnlyList<Precision>? precisions = null, bool emitPtx = false)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);
        var source = "using StaticNet; namespace Drawn;\n"
            + string.Concat(declarations.Select((attributes, i) => $"[Network{(precisions is null ? "" : $"(Precision = Precision.{precisions[i]})")}] {attributes} public partial class Net{i};\n"));
        var compilation = CSharpCompilation.Create(
            "Drawn",
            [CSharpSyntaxTree.ParseText(source, options)],
            References,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        NetworkSpec[] specs = [.. declarations.Select((_, i) =>
            NetworkParser.Parse(compilation.GetTypeByMetadataName($"Drawn.Net{i}")!, TestContext.Current.CancellationToken))];
        var models = Array.ConvertAll(specs, NetworkAnalysis.Analyze);
        for (var i = 0; i < models.Length; i++)
            Assert.False(models[i].HasErrors, $"{declarations[i]}: {string.Join("; ", models[i].Findings.Select(f => $"{f.Rule} {string.Join("|", f.Values)}"))}");

        compilation = compilation.AddSyntaxTrees(
            specs.SelectMany(spec => NetworkCompiler.Compile(spec, optimizations, emitPtx)).Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Name)));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"{source}\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10))}");
        assembly.Position = 0;
        return new(models, assembly);
    }

    /// <summary>A new network of one of the declarations, on a device where one is given.</summary>
    public NetworkUnderTest Create(int declaration, int seed = 1, Device? device = null)
    {
        var type = _types[declaration];
        var network = Activator.CreateInstance(type, seed, null);
        return new((NetworkCore)type.GetInterface("INetwork`2")!.GetProperty("Core")!.GetValue(network)!, device);
    }

    public void Dispose() => _context.Unload();
}
