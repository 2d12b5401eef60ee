using Microsoft.CodeAnalysis;
using StaticNet.Generators.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace StaticNet.Generators.Tests.Incrementality;

/// <summary>An edit costs only what it changes: editors run the generator after every key stroke.</summary>
public class PipelineTests
{
    private const string First = "[Network, Input(4), Dense(8), Relu, Dense(2), SoftmaxCrossEntropy]\npublic partial class First;\n";
    private const string Second = "[Network, Input(3), Dense(4), Relu, Dense(3), SoftmaxCrossEntropy]\npublic partial class Second;\n";

    private const string Body = "[Block, Dense(Width.Double), Relu, Dense(Width.Half)] class Body;";

    [Fact]
    public void The_same_input_is_cached()
    {
        var compilation = TestCompilation.Create(First, Second);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator());
        Assert.Equal([New, New], run.Reasons(TrackingNames.Files));

        run = run.Then(compilation);
        Assert.Equal([Cached, Cached], run.Reasons(TrackingNames.Spec));
        Assert.Equal([Cached, Cached], run.Reasons(TrackingNames.Files));
        Assert.All(run.OutputReasons, reason => Assert.Equal(Cached, reason));
    }

    [Theory]
    [InlineData("// A comment.\n[Network, Input(4), Dense(8), Relu, Dense(2), SoftmaxCrossEntropy]\npublic partial class First;\n")]
    [InlineData("[Network] [Input( 4 )]\n[Dense(8),\n Relu]\n[Dense(2)] [SoftmaxCrossEntropyAttribute()] // The same.\npublic partial class First { }\n")]
    [InlineData("[Network, Input(2 + 2), Dense(8), Relu, Dense(2), SoftmaxCrossEntropy]\npublic partial class First\n{\n    public int Mine() => 1;\n}\n")]
    [InlineData("#pragma warning disable SN0010\n[Network, Input(4), Dense(8), Relu, Dense(2), SoftmaxCrossEntropy]\n/// <summary>Mine.</summary>\npublic partial class First;\n")]
    [InlineData("class Unrelated;\n\n[Network, Input(4), Dense(8), Relu, Dense(2), SoftmaxCrossEntropy]\npublic partial class First;\n")]
    public void An_edit_that_leaves_the_declaration_compiles_nothing(string edited)
    {
        var compilation = TestCompilation.Create(First);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator()).Then(compilation.Edit(edited));

        Assert.Equal([Unchanged], run.Reasons(TrackingNames.Spec));
        Assert.Equal([Cached], run.Reasons(TrackingNames.Files));
        Assert.All(run.OutputReasons, reason => Assert.Equal(Cached, reason));
    }

    [Fact]
    public void An_edit_elsewhere_compiles_nothing()
    {
        var compilation = TestCompilation.Create(First);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator()).Then(compilation.AddFile("class Unrelated;", "Unrelated.cs"));

        Assert.All(run.Reasons(TrackingNames.Spec), reason => Assert.Contains(reason, (IEnumerable<IncrementalStepRunReason>)[Cached, Unchanged]));
        Assert.Equal([Cached], run.Reasons(TrackingNames.Files));
        Assert.All(run.OutputReasons, reason => Assert.Equal(Cached, reason));
    }

    [Fact]
    public void Another_network_leaves_the_first_alone()
    {
        var compilation = TestCompilation.Create(First);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator()).Then(compilation.AddFile(Second, "Second.cs"));

        Assert.Equal([Cached, New], run.Reasons(TrackingNames.Files));
        Assert.Equal([Cached, New], run.OutputReasons);
    }

    [Fact]
    public void Many_edits_end_where_one_run_does()
    {
        var compilation = TestCompilation.Create(First, Second);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator())
            .Then(compilation.Edit(First.Replace("Dense(8)", "Dense(0)", StringComparison.Ordinal)))
            .Then(compilation.Edit(""))
            .Then(compilation.Edit(First.Replace("First", "Third", StringComparison.Ordinal)))
            .Then(compilation.Edit(Second, 0).Edit(First, 1));

        Assert.Equal(GeneratorRun.Start(compilation, new NetworkGenerator()).Files, run.Files);
    }

    [Fact]
    public void An_edited_layer_compiles_its_network_alone()
    {
        var compilation = TestCompilation.Create(First, Second);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator())
            .Then(compilation.Edit(First.Replace("Dense(8)", "Dense(9)", StringComparison.Ordinal)));

        Assert.Equal([Modified, Cached], run.Reasons(TrackingNames.Files));
        Assert.Equal([Modified, Cached], run.OutputReasons);
    }

    [Fact]
    public void A_constant_from_elsewhere_is_followed()
    {
        const string network = "[Network, Input(4), Dense(Sizes.Units)]\npublic partial class First;\n";
        var compilation = TestCompilation.Create(network, "static class Sizes { public const int Units = 8; }");
        var run = GeneratorRun.Start(compilation, new NetworkGenerator())
            .Then(compilation.Edit("static class Sizes { public const int Units = 9; }", 1));

        Assert.Equal([Modified], run.Reasons(TrackingNames.Files));
    }

    [Fact]
    public void An_edited_block_compiles_the_networks_that_use_it()
    {
        var compilation = TestCompilation.Create(
            "[Network, Input(4), Block<Outer>, Dense(2)] public partial class User;\n" + First, "[Block, Residual<Body>] class Outer;", Body);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator()).Then(compilation.Edit(Body.Replace("Relu", "Tanh", StringComparison.Ordinal), 2));

        Assert.Equal([Modified, Unchanged], run.Reasons(TrackingNames.Spec));
        Assert.Equal([Modified, Cached], run.Reasons(TrackingNames.Files));
        Assert.Equal(GeneratorRun.Start(compilation.Edit(Body.Replace("Relu", "Tanh", StringComparison.Ordinal), 2), new NetworkGenerator()).Files, run.Files);
    }

    [Theory]
    [InlineData("// A comment.\n[Block]\n[Dense(Width.Double), Relu]\n[Dense(Width.Half)]\npublic class Body { public int Mine => 1; }")]
    [InlineData("class Unrelated;" + Body + "[Block, Dense(0)] class Other;")]
    public void An_edit_that_leaves_the_block_compiles_nothing(string edited)
    {
        var compilation = TestCompilation.Create("[Network, Input(4), Residual<Body>(Repeat = 2), Dense(2)] public partial class User;", Body);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator()).Then(compilation.Edit(edited, 1));

        Assert.Equal([Unchanged], run.Reasons(TrackingNames.Spec));
        Assert.Equal([Cached], run.Reasons(TrackingNames.Files));
    }

    [Fact]
    public void Nothing_is_kept_of_the_compiler()
    {
        const string user = "[Network, Input(4), Residual<Body>(Shortcut = typeof(Body)), Block<Wrong>, Dense(2)] public partial class User; class Wrong;";
        var run = GeneratorRun.Start(TestCompilation.Create(First, Second, user, Body), new NetworkGenerator());

        foreach (var value in run.Values(TrackingNames.Spec).Concat(run.Values(TrackingNames.Files)))
        {
            ObjectGraph.Visit(value, reached => Assert.False(
                reached is ISymbol or Compilation or SyntaxNode or SyntaxTree or SemanticModel or Location or AttributeData or SyntaxReference,
                $"{value} holds on to {reached.GetType()}."));
        }
    }

    [Fact]
    public void Kept_values_are_equal_when_their_declarations_are()
    {
        var one = GeneratorRun.Start(TestCompilation.Create(First), new NetworkGenerator());
        var other = GeneratorRun.Start(TestCompilation.Create("\n\n" + First), new NetworkGenerator());
        foreach (var step in (string[])[TrackingNames.Spec, TrackingNames.Files])
        {
            Assert.Equal(one.Values(step), other.Values(step));
            Assert.Equal(one.Values(step).Select(v => v.GetHashCode()), other.Values(step).Select(v => v.GetHashCode()));
        }
    }
}
