using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.Parsing;
using Xunit.Sdk;

namespace StaticNet.Generators.Tests.Parsing;

/// <summary>Declarations as C# text, compiled in memory against the library.</summary>
internal static class Source
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "StaticNet.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The network <c>Net</c> with these attribute lists: <c>[Input(4)] [Dense(2)]</c>.</summary>
    public static NetworkSpec Network(string attributes) => Parse($"using StaticNet; [Network] {attributes} public partial class Net;");

    public static NetworkModel Analyze(string attributes) => NetworkAnalysis.Analyze(Network(attributes));

    /// <summary>A class of a whole source text, which must compile unless the test is about text that does not.</summary>
    public static NetworkSpec Parse(string text, string className = "Net", bool mustCompile = true)
    {
        var compilation = CSharpCompilation.Create(
            "Declarations",
            [CSharpSyntaxTree.ParseText(text)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (mustCompile && errors.Count > 0)
        {
            throw new XunitException(string.Join("\n", errors));
        }

        var network = compilation.GetTypeByMetadataName(className) ?? throw new XunitException($"No class {className}.");
        return NetworkParser.Parse(network, CancellationToken.None);
    }
}
