using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Documentation;

/// <summary>
/// What the READMEs show of the compiler's work is what it does now. A comment before a block says where it is from:
/// <c>generated: FILE</c>, <c>graph: PASS</c>, <c>diagnostics</c>. The networks are the blocks that declare them. <c>…</c> stands for any text.
/// </summary>
public partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("generators/README.md")]
    public void Generated_code_is_as_shown(string page)
    {
        var readme = Read(page);
        var files = GeneratorRun.Start(TestCompilation.Create([.. Networks(readme)]), new NetworkGenerator()).Files
            .ToDictionary(file => file.HintName, file => file.Text);

        foreach (var (file, block) in Blocks(readme, "generated"))
        {
            AssertShown(block, files[file]);
        }
    }

    [Fact]
    public void Graphs_are_as_shown()
    {
        var readme = Read("generators/README.md");
        var network = TestCompilation.Create([.. Networks(readme)]).GetTypeByMetadataName("Regressor")!;
        var model = NetworkAnalysis.Analyze(NetworkParser.Parse(network, TestContext.Current.CancellationToken));
        var lowered = Lower.Run(model, GraphPurpose.Train);
        var differentiated = Differentiate.Run(lowered, GradientSeed.Loss);
        var simplified = Simplify.Run(differentiated);
        Dictionary<string, Graph> graphs = new()
        {
            [nameof(Lower)] = lowered,
            [nameof(Differentiate)] = differentiated,
            [nameof(Simplify)] = simplified,
            [nameof(LayOut)] = LayOut.Run(simplified),
        };

        Assert.Equal(graphs.Keys, Blocks(readme, "graph").Select(block => block.Source));
        foreach (var (pass, block) in Blocks(readme, "graph"))
        {
            AssertShown(block, graphs[pass].ToString());
        }
    }

    [Fact]
    public async Task Diagnostics_are_as_shown()
    {
        var readme = Read("README.md");
        var call = CallOfMistaken().Match(readme).Groups[1].Value;
        var source = $"{Networks(readme).Last()}\nclass Caller {{ void Call(Mistaken net) {{ {call} }} }}";
        var compilation = GeneratorRun.Start(TestCompilation.Create(source), new NetworkGenerator()).Output;
        var diagnostics = await compilation.Analyze(new NetworkAnalyzer(), new BatchLengthAnalyzer());

        Assert.Equal(
            Blocks(readme, "diagnostics").Single().Block,
            string.Concat(diagnostics.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d =>
                $"{(d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error ? "error" : "warning")} {d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}\n")));
    }

    private static void AssertShown(string block, string text)
    {
        var pattern = string.Join(@"[\s\S]*?", block.TrimEnd('\n').Split('…').Select(part => Regex.Escape(part.Trim(' '))));
        Assert.True(Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(10)), $"This is not in what the compiler makes:\n{block}");
    }

    /// <summary>The declarations of a page, networks and blocks, each ready to compile.</summary>
    private static IEnumerable<string> Networks(string readme) => Declarations().Matches(readme).Select(match => match.Value);

    private static IEnumerable<(string Source, string Block)> Blocks(string readme, string kind) => MarkedBlocks().Matches(readme)
        .Where(match => match.Groups["kind"].Value == kind)
        .Select(match => (match.Groups["source"].Value, match.Groups["block"].Value));

    private static string Read(string page, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../..", page)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\[(Network|Block)\]\n(\[.*\n)+public (partial )?class \w+;$", RegexOptions.Multiline)]
    private static partial Regex Declarations();

    [GeneratedRegex(@"^<!-- (?<kind>\w+)(: (?<source>.*))? -->\n```.*\n(?<block>[\s\S]*?)^```$", RegexOptions.Multiline)]
    private static partial Regex MarkedBlocks();

    [GeneratedRegex(@"```csharp\n(net\..*)\n```")]
    private static partial Regex CallOfMistaken();
}
