using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Parsing;

/// <summary>What blocks expand to: names, connections, shapes.</summary>
public class BlockTests
{
    private const string Body = "[Block, Dense(Width.Double), Relu, Dense(Width.Half)] class Body;";

    [Fact]
    public void A_block_is_its_layers() => Assert.Equal(
        ["dense1 0 → 4", "block1.dense1 1 → 8", "block1.relu1 2 → 8", "block1.dense2 3 → 4", "dense2 4 → 2"],
        Layers("[Dense(4), Block<Body>, Dense(2)]", Body));

    [Fact]
    public void Repetitions_follow_each_other_and_are_numbered_where_they_are_counted() => Assert.Equal(
        ["a.0.dense1 0 → 6", "a.0.relu1 1 → 6", "a.0.dense2 2 → 3", "a.1.dense1 3 → 6", "a.1.relu1 4 → 6", "a.1.dense2 5 → 3", "b.0.dense1 6 → 6", "b.0.relu1 7 → 6", "b.0.dense2 8 → 3"],
        Layers("""[Block<Body>(Repeat = 2, As = "a"), Block<Body>(Repeat = 1, As = "b")]""", Body));

    [Fact]
    public void A_residual_adds_its_input() => Assert.Equal(
        ["relu1 0 → 3", "residual1.dense1 1 → 6", "residual1.relu1 2 → 6", "residual1.dense2 3 → 3", "residual1.add 4,1 → 3", "tanh1 5 → 3"],
        Layers("[Relu, Residual<Body>, Tanh]", Body));

    [Fact]
    public void A_repeated_residual_adds_what_the_one_before_gives() => Assert.Equal(
        ["r.0.relu1 0 → 3", "r.0.add 1,0 → 3", "r.1.relu1 2 → 3", "r.1.add 3,2 → 3"],
        Layers("""[Residual<One>(Repeat = 2, As = "r")]""", "[Block, Relu] class One;"));

    [Fact]
    public void A_shortcut_is_a_block_beside_the_body() => Assert.Equal(
        ["residual1.dense1 0 → 6", "residual1.shortcut.tanh1 0 → 3", "residual1.shortcut.dense1 2 → 6", "residual1.add 1,3 → 6"],
        Layers("[Residual<Wider>(Shortcut = typeof(Side))]", "[Block, Dense(Width.Double)] class Wider; [Block, Tanh, Dense(Width.Double)] class Side;"));

    [Fact]
    public void A_projection_follows_the_body()
    {
        var model = Analyze("[Residual<Wider>(Projection = true, Repeat = 2)]", "[Block, Dense(Width.Double), Tanh] class Wider;");

        Assert.Equal(
            ["residual1.0.dense1 0 → 6", "residual1.0.tanh1 1 → 6", "residual1.0.shortcut.projection1 0 → 6", "residual1.0.add 2,3 → 6"],
            model.Layers.Take(4).Select(Describe));
        Assert.Equal(
            [("residual1.0.shortcut.projection1.weight", "6×3"), ("residual1.1.shortcut.projection1.weight", "12×6")],
            model.Layers.Where(layer => layer.Kind == "Projection").SelectMany(layer => layer.Parameters).Select(p => (p.Name, string.Join("×", p.Shape))));
    }

    [Fact]
    public void A_projection_is_normalised_where_the_body_is() => Assert.Equal(
        ["residual1.block1.dense1 0 → 6", "residual1.block1.batchnorm1 1 → 6", "residual1.shortcut.projection1 0 → 6", "residual1.shortcut.batchnorm1 3 → 6", "residual1.add 2,4 → 6"],
        Layers("[Residual<Outer>(Projection = true)]", "[Block, Block<Inner>] class Outer; [Block, Dense(Width.Double, UseBias = false), BatchNorm] class Inner;"));

    [Theory]
    [InlineData("9, 7, 3", "Conv2D(8, 3, Stride = 2, Padding = Padding.Same)", "5×4×8", "8×3×1×1")]
    [InlineData("10, 1, 3", "Conv2D(8, 3, 1, Stride = 3, Padding = Padding.Same)", "4×1×8", "8×3×1×1")]
    [InlineData("1, 10, 3", "Conv2D(8, 1, Stride = 3)", "1×4×8", "8×3×1×1")]
    [InlineData("6, 5, 3", "Conv2D(8, 1)", "6×5×8", "8×3×1×1")]
    [InlineData("7, 3", "Conv1D(8, 3, Stride = 2, Padding = Padding.Same)", "4×8", "8×3×1")]
    [InlineData("3", "Dense(8)", "8", "8×3")]
    [InlineData("2, 2, 2, 3", "Dense(8)", "2×2×2×8", "8×3")]
    public void A_projection_is_what_leads_from_one_shape_to_the_other(string input, string body, string output, string weight)
    {
        var model = NetworkAnalysis.Analyze(Source.Parse(
            $"[Block, {body}] class Body; [Network, Input({input}), Residual<Body>(Projection = true)] partial class Net;"));

        Assert.Empty(model.Findings.Select(Source.Describe));
        Assert.Equal(output, string.Join("×", model.Output));
        Assert.Equal(weight, string.Join("×", model.Layers[1].Parameters.Single().Shape));
        IrVerifier.Verify(Lower.Run(model, GraphPurpose.Forward));
    }

    [Fact]
    public void Blocks_nest() => Assert.Equal(
        ["s.0.residual1.dense1 0 → 6", "s.0.residual1.relu1 1 → 6", "s.0.residual1.dense2 2 → 3", "s.0.residual1.add 3,0 → 3", "s.0.relu1 4 → 3"],
        Layers("""[Block<Unit>(Repeat = 2, As = "s")]""", Body + "[Block, Residual<Body>, Relu] class Unit;").Take(5));

    [Fact]
    public void Names_in_a_block_are_its_own() => Assert.Equal(
        ["skip 0 → 3", "block1.skip 1 → 3", "block1.tanh1 2 → 3", "block1.add1 3,2,1 → 3", "add1 4,1 → 3"],
        Layers("""[Relu(As = "skip"), Block<Skip>, Add("skip")]""", """[Block, Relu(As = "skip"), Tanh, Add("skip", "input", From = "tanh1")] class Skip;"""));

    [Fact]
    public void A_block_has_one_value_with_a_name() => Assert.Equal(
        ["stem.dense1 0 → 6", "stem.relu1 1 → 6", "stem.dense2 2 → 3", "tanh1 0 → 3", "block2.dense1 3 → 6", "block2.relu1 5 → 6", "block2.dense2 6 → 3", "add1 4,3,7 → 3"],
        Layers("""[Block<Body>(As = "stem"), Tanh(From = "input"), Block<Body>(From = "stem"), Add("tanh1", "stem", "block2")]""", Body));

    [Fact]
    public void A_block_takes_one_of_several_inputs() => Assert.Equal(
        ["block1.relu1 1 → 4", "concat1 2,0 → 9"],
        NetworkAnalysis.Analyze(Source.Parse(
            """[Block, Relu] class One; [Network, Input(5, As = "a"), Input(4, As = "b"), Block<One>(From = "b"), Concat("a")] partial class Net;"""))
            .Layers.Select(Describe));

    [Theory]
    [InlineData("Quarter", 8, 2)]
    [InlineData("Half", 8, 4)]
    [InlineData("Same", 7, 7)]
    [InlineData("Double", 7, 14)]
    [InlineData("Quadruple", 7, 28)]
    public void Widths_are_relative_to_the_last_axis(string width, int features, int units)
    {
        Assert.Equal([5, units], Source.Analyze($"[Input(5, {features}), Dense(Width.{width})]").Output);
        Assert.Equal([4, units], Source.Analyze($"[Input(5, {features}), Conv1D(Width.{width}, 2)]").Output);
        Assert.Equal([3, 2, units], Source.Analyze($"[Input(5, 4, {features}), Conv2D(Width.{width}, 3)]").Output);
        Assert.Equal([4, 1, units], Source.Analyze($"[Input(5, 4, {features}), Conv2D(Width.{width}, 2, 4)]").Output);
    }

    [Fact]
    public void Weights_start_by_the_activation_that_follows_the_block()
    {
        var model = Analyze("[Block<Linear>, Relu, Dense(4), Block<Activation>]", "[Block, Dense(4)] class Linear; [Block, Tanh] class Activation;");

        Assert.Equal(
            [InitializerKind.HeNormal, InitializerKind.GlorotUniform],
            model.Layers.SelectMany(l => l.Parameters).Where(p => p.Role == ParameterRole.Weight).Select(p => p.Initializer.Kind));
    }

    [Fact]
    public void Declarations_with_blocks_are_equal_when_they_say_the_same()
    {
        var spec = Parse("[Residual<Body>(Repeat = 2)]", Body);

        Assert.Equal(spec, Parse("[ResidualAttribute<Body>(Repeat = 1 + 1)]", $"/* moved */\n{Body}"));
        Assert.Equal(spec.GetHashCode(), Parse("[Residual<Body>(Repeat = 2)]", Body).GetHashCode());
        Assert.NotEqual(spec, Parse("[Residual<Body>(Repeat = 2)]", Body.Replace("Relu", "Tanh", StringComparison.Ordinal)));
    }

    private static NetworkSpec Parse(string layers, string blocks) => Source.Parse($"{blocks} [Network, Input(3)] {layers} partial class Net;");

    private static NetworkModel Analyze(string layers, string blocks)
    {
        var model = NetworkAnalysis.Analyze(Parse(layers, blocks));
        Assert.Empty(model.Findings.Select(Source.Describe));
        return model;
    }

    private static IEnumerable<string> Layers(string layers, string blocks) => Analyze(layers, blocks).Layers.Select(Describe);

    /// <summary>Name, operands and shape; value 0 is the input.</summary>
    private static string Describe(LayerModel layer) => $"{layer.Name} {string.Join(",", layer.Operands)} → {string.Join("×", layer.Shape)}";
}
