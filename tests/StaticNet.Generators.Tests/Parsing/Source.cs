using Microsoft.CodeAnalysis;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Parsing;

/// <summary>Declarations as C# text.</summary>
internal static class Source
{
    /// <summary>The network <c>Net</c> with these attribute lists: <c>[Input(4)] [Dense(2)]</c>.</summary>
    public static NetworkSpec Network(string attributes) => Parse($"[Network] {attributes} public partial class Net;");

    public static NetworkModel Analyze(string attributes) => NetworkAnalysis.Analyze(Network(attributes));

    /// <summary>All findings about a network: <c>SN0007 1:0 Dense|units|0|at least 1</c>, with the attribute and its argument.</summary>
    public static IEnumerable<string> Findings(string attributes) => Analyze(attributes).Findings.Select(Describe);

    public static string Describe(Finding finding) =>
        $"{finding.Rule} {finding.Place.Attribute}:{finding.Argument} {string.Join("|", finding.Values)}";

    /// <summary>A class of a whole source text, which must compile unless the test is about text that does not.</summary>
    public static NetworkSpec Parse(string text, string className = "Net", bool mustCompile = true)
    {
        var compilation = TestCompilation.Create(text);
        if (mustCompile)
        {
            Assert.DoesNotContain(compilation.Problems(), problem => problem.Severity == DiagnosticSeverity.Error);
        }

        var network = compilation.GetTypeByMetadataName(className);
        Assert.NotNull(network);
        return NetworkParser.Parse(network, TestContext.Current.CancellationToken);
    }
}
