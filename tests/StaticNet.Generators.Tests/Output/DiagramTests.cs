using System.Globalization;
using System.Text.RegularExpressions;
using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Output;

/// <summary>The tables and pictures that show a network.</summary>
public partial class DiagramTests
{
    private const string Blocks =
        "[Block, Dense(Width.Double), Relu(As = \"skip\"), Dense(Width.Double), Concat(\"skip\")] class Body; [Block, Residual<Body>(Projection = true), Relu] class Unit; ";

    private static readonly NetworkModel Deep = NetworkAnalysis.Analyze(Source.Parse(
        Blocks + """[Network, Input(4, 6, As = "a"), Input(4, 6, As = "b"), Concat("a", "b", As = "both"), Block<Unit>(Repeat = 2, As = "stage"), Block<Body>, Flatten, Dense(3), SoftmaxCrossEntropy] partial class Net;"""));

    public static TheoryData<string> Declarations =>
    [
        "[Network, Input(4), Dense(2)] partial class Net;",
        "[Network, Input(4), Dense(0), Relu(From = \"nowhere\")] partial class Net;",
        "[Network, Input(6, As = \"user\"), Input(8), Dense(8, From = \"user\", As = \"größe\"), Multiply(\"input2\", \"größe\"), Add(\"größe\", \"größe\", \"multiply1\")] partial class Net;",
        Blocks + "[Network, Input(3, 4), Block<Unit>(Repeat = 3, As = \"end\"), Residual<Unit>(Shortcut = typeof(Body), As = \"subgraph\"), Flatten, Dense(2)] partial class Net;",
    ];

    [Fact]
    public void A_table_has_layers_below_their_blocks() => Assert.Equal(
        """
        layer                declared             output  parameters  multiply-adds  activation bytes
        a                    Input(4, 6)          4×6                                              96
        b                    Input(4, 6)          4×6                                              96
        both                 Concat("a", "b")     4×12                                            192
        stage                Block<Unit> × 2
          0
            residual1        Residual<Body>
              dense1         Dense(Width.Double)  4×24           312          1,152               384
              skip           Relu                 4×24                                            384
              dense2         Dense(Width.Double)  4×48         1,200          4,608               768
              concat1        Concat("skip")       4×72                                          1,152
              shortcut       Projection
        """,
        string.Join("\n", SummaryTable.Lines(Deep).Take(12)));

    [Fact]
    public void A_table_ends_with_sums()
    {
        var cells = Cells().Split(SummaryTable.Lines(Deep)[^1]);
        long[] numbers = [.. cells.Skip(1).Select(cell => long.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

        Assert.Equal("total", cells[0]);
        Assert.Equal(
            [
                Deep.Layers.Sum(l => l.Parameters.Sum(p => (long)p.Size)),
                Deep.Layers.Sum(l => l.MultiplyAdds),
                4 * Deep.Inputs.Select(i => i.Shape).Concat(Deep.Layers.Select(l => l.Shape)).Sum(shape => shape.Aggregate(1L, (a, b) => a * b)),
            ],
            numbers);
    }

    [Fact]
    public void Mermaid_draws_a_block_as_a_frame() => Assert.StartsWith(
        """
        flowchart TD
            v0(["a<br/>4×6"])
            v1(["b<br/>4×6"])
            v2["both: Concat(#34;a#34;, #34;b#34;)<br/>4×12"]
            subgraph b0 ["stage: Block#60;Unit#62; × 2"]
                subgraph b1 ["0"]
                    subgraph b2 ["residual1: Residual#60;Body#62;"]
                        v3["dense1: Dense(Width.Double)<br/>4×24"]
        """.ReplaceLineEndings("\n"),
        new MermaidDiagram().Draw(Deep),
        StringComparison.Ordinal);

    [Fact]
    public void Graphviz_draws_a_block_as_a_cluster() => Assert.StartsWith(
        """
        digraph "Net" {
            node [shape=box];
            v0 [label="a\n4×6", shape=ellipse];
            v1 [label="b\n4×6", shape=ellipse];
            v2 [label="both: Concat(\"a\", \"b\")\n4×12"];
            subgraph cluster_b0 {
                label="stage: Block<Unit> × 2";
        """.ReplaceLineEndings("\n"),
        new DotDiagram().Draw(Deep),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Mermaid_is_well_formed(string source)
    {
        var model = NetworkAnalysis.Analyze(Source.Parse(source));
        var lines = new MermaidDiagram().Draw(model).TrimEnd('\n').Split('\n').Select(line => line.Trim()).ToList();
        var statements = lines.Skip(1).Select(line => MermaidStatement().Match(line)).ToList();

        Assert.Equal("flowchart TD", lines[0]);
        Assert.All(statements, statement => Assert.True(statement.Success));
        AssertNested(statements.Select(s => s.Groups["open"].Success ? 1 : s.Groups["close"].Success ? -1 : 0));
        AssertConnected(model, statements);
        Assert.Equal(
            model.Layers.Select(layer => $"{layer.Name[(layer.Name.LastIndexOf('.') + 1)..]}: {layer.Text}"),
            statements.Where(s => s.Groups["box"].Success).Select(s => Code().Replace(s.Groups["title"].Value, c => $"{(char)int.Parse(c.Groups[1].ValueSpan, CultureInfo.InvariantCulture)}")));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Dot_is_well_formed(string source)
    {
        var model = NetworkAnalysis.Analyze(Source.Parse(source));
        var statements = new DotDiagram().Draw(model).TrimEnd('\n').Split('\n').Select(line => DotStatement().Match(line.Trim())).ToList();

        Assert.All(statements, statement => Assert.True(statement.Success));
        AssertNested(statements.Select(s => s.Groups["open"].Success ? 1 : s.Groups["close"].Success ? -1 : 0));
        AssertConnected(model, statements);
        Assert.Equal(
            model.Layers.Select(layer => $"{layer.Name[(layer.Name.LastIndexOf('.') + 1)..]}: {layer.Text}"),
            statements.Where(s => s.Groups["box"].Success).Select(s => s.Groups["title"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));
    }

    private static void AssertNested(IEnumerable<int> steps)
    {
        var depth = 0;
        Assert.All(steps, step => Assert.True((depth += step) >= 0));
        Assert.Equal(0, depth);
    }

    /// <summary>Every value has one box, and every arrow goes from one to another as the layers' operands do.</summary>
    private static void AssertConnected(NetworkModel model, List<Match> statements)
    {
        var boxes = statements.Where(s => s.Groups["id"].Success).Select(s => s.Groups["id"].Value).ToList();
        var arrows = statements.Where(s => s.Groups["from"].Success).Select(s => (s.Groups["from"].Value, s.Groups["to"].Value)).ToList();

        Assert.Equal([.. Enumerable.Range(0, model.Inputs.Count + model.Layers.Count).Select(i => $"v{i}"), "output"], boxes);
        Assert.Equal(
            [.. model.Layers.SelectMany((layer, i) => layer.Operands.Where(v => v >= 0).Select(v => ($"v{v}", $"v{model.Inputs.Count + i}"))), ($"v{model.OutputValue}", "output")],
            arrows);
    }

    [GeneratedRegex("""^(?<id>\w+)(?<box>\[)?(\(\[)?"(?<title>[^"<]*)(<br/>[^"<]*)?"(\]|\]\))$|^(?<open>subgraph b\d+ \["[^"<]+"\])$|^(?<close>end)$|^(?<from>\w+) --> (?<to>\w+)$""")]
    private static partial Regex MermaidStatement();

    [GeneratedRegex("""^(?<id>v\d+|output) \[label="(?<title>([^"\\]|\\["\\])*)\\n([^"\\])*"((?<box>\])|, shape=ellipse\]);$|^(?<open>(digraph "Net"|subgraph cluster_b\d+) \{)$|^(?<close>\})$|^node \[shape=box\];$|^label="([^"\\]|\\.)+";$|^(?<from>\w+) -> (?<to>\w+);$""")]
    private static partial Regex DotStatement();

    [GeneratedRegex(@"#(\d+);")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s\s+")]
    private static partial Regex Cells();
}
