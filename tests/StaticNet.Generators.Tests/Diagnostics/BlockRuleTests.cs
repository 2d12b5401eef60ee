using System.Globalization;
using Microsoft.CodeAnalysis;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0030 to SN0034, and what other rules say about layers in blocks: at the use, with the layer as additional location.</summary>
public class BlockRuleTests
{
    private const string Body = "[Block, Dense(Width.Double), Relu, Dense(Width.Half)] class Body;";

    [Theory]
    [InlineData("[Input(8), Block<Body>]")]
    [InlineData("[Input(3, 8), Residual<Body>(Repeat = 3), Block<Body>(As = \"head\"), MeanSquaredError(From = \"head\")]")]
    [InlineData("[Input(8), Residual<Narrow>(Projection = true), Residual<Narrow>(Shortcut = typeof(Narrow)), Residual<Twice>]")]
    [InlineData("[Input(8), Block<Residuals>]")]
    public Task Blocks_are_right(string attributes) => Says(
        attributes,
        Body + "[Block, Dense(2)] class Narrow; [Block, Block<Body>, Tanh(As = \"t\"), Block<Body>, Add(\"t\", \"input\", \"block2\")] class Twice; "
        + "[Block, Residual<Body>, Relu, Residual<Body>, Relu] class Residuals;");

    [Theory]
    [InlineData("[Block, Relu, Block<A>] class A;", "A (block1)", "A → A")]
    [InlineData("[Block, Relu, Block<B>] class A; [Block, Residual<A>] class B;", "B (block1.block1)", "A → B → A")]
    [InlineData("[Block, Relu, Residual<C>(Shortcut = typeof(A))] class A; [Block, Relu] class C;", "A (block1)", "A → A")]
    public Task A_block_cannot_contain_itself(string blocks, string place, string way) => Says(
        "[Input(8), {|SN0030:Block<A>|}, Block<A>, Dense(2), Softmax]", blocks, $"In {place}: 'A' contains itself and would never end: {way}");

    [Theory]
    [InlineData("class Other;", "it is no class with [Block]")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Other;", "it is no class with [Block]")]
    [InlineData("[Block] class Other;", "it has no layers")]
    public async Task What_is_used_as_a_block_is_one(string other, string reason)
    {
        var message = $"'Other' cannot be used as a block, since {reason}: declare it as '[Block] [Dense(Width.Same), Relu] public class Other;'";
        await Says("[Input(8), {|SN0031:Block<Other>|}, Dense(2)]", other, message);
        await Says("[Input(8), {|SN0031:Residual<Body>(Shortcut = typeof(Other))|}, Dense(2)]", Body + other, message);
        await Says("[Input(8), {|SN0031:Block<Outer>|}, Dense(2)]", "[Block, Residual<Other>] class Outer;" + other, $"In Outer (block1): {message}");
    }

    [Fact]
    public Task An_array_is_no_block() => Says(
        "[Input(8), {|SN0031:Block<int[]>|}, Dense(2)]", "",
        "'' cannot be used as a block, since it is no class with [Block]: declare it as '[Block] [Dense(Width.Same), Relu] public class ;'");

    [Theory]
    [InlineData("Residual<Wider>", "Residual<Wider> adds 5×16 from its body to 5×8 from its shortcut, but 16 ≠ 8")]
    [InlineData("Residual<Wider>(Repeat = 3)", "Residual<Wider> adds 5×16 from its body to 5×8 from its shortcut, but 16 ≠ 8")]
    [InlineData("Residual<Flat>", "Residual<Flat> adds 40 from its body to 5×8 from its shortcut, but 1 ≠ 2 axes")]
    [InlineData("Residual<Flat>(Projection = true)", "Residual<Flat> adds 40 from its body to 5×8 from its shortcut, but 1 ≠ 2 axes")]
    [InlineData("Residual<Short>(Projection = true)", "Residual<Short> adds 4×8 from its body to 5×8 from its shortcut, but a projection of stride 2 gives 3 places, not 4")]
    [InlineData("Residual<Body>(Shortcut = typeof(Wider))", "Residual<Body> adds 5×8 from its body to 5×16 from its shortcut, but 8 ≠ 16")]
    public Task Sides_of_a_residual_are_equal(string residual, string message) => Says(
        $"[Input(5, 8), {{|SN0032:{residual}|}}, Flatten, Dense(2), SoftmaxCrossEntropy]",
        Body + "[Block, Dense(Width.Double)] class Wider; [Block, Flatten] class Flat; [Block, Conv1D(8, 2)] class Short;",
        message + ": keep the shape in the body, or change it in the shortcut too, with Projection = true or Shortcut = typeof(…)");

    [Theory]
    [InlineData("Input(4)")]
    [InlineData("SoftmaxCrossEntropy")]
    public Task Inputs_and_losses_are_in_no_block(string attribute) => Says(
        "[Input(8), {|SN0033:Block<Bad>|}, Block<Bad>, Dense(2)]", $"[Block, {attribute}, Relu] class Bad;",
        $"In Bad (block1): {attribute} cannot be in a block, which takes its shape from where it is used and has no end of its own: move it to the network");

    [Fact]
    public Task There_are_not_too_many_layers() => Says(
        "[Input(8), Block<Body>({|SN0034:Repeat = 2_000_000_000|}), Dense(2)]", Body,
        "With Block<Body> blocks would stand for more than 10000 layers, the most that are compiled: repeat less");

    [Fact]
    public Task Blocks_in_blocks_are_not_too_many_layers()
    {
        var blocks = string.Concat(Enumerable.Range(0, 40).Select(i => $"[Block, Block<B{i + 1}>, Block<B{i + 1}>] class B{i}; "));
        return Says("[Input(8), {|SN0034:Block<B0>|}, Dense(2)]", blocks + "[Block, Relu] class B40;");
    }

    [Theory]
    [InlineData("[Input(8), Residual<Body>({|SN0007:Repeat = 0|})]", "Residual: Repeat is 0 but must be at least 1")]
    [InlineData("[Input(8), Block<Body>({|SN0007:Repeat = -3|})]", "Block: Repeat is -3 but must be at least 1")]
    [InlineData("[Input(8), Residual<Body>(Shortcut = typeof(Body), {|SN0007:Projection = true|})]",
        "Residual: Projection is true but must be left out when Shortcut says what the shortcut is")]
    [InlineData("[Input(7), Dense({|SN0003:Width.Half|})]", "Dense(Width.Half) needs a last axis that 2 divides but Input(7) gives 7")]
    [InlineData("[Input(8), Dense({|SN0007:(Width)9|})]", "Dense: width is 9 but must be one of Quarter, Half, Same, Double, Quadruple")]
    [InlineData("[Input(2147483647), Dense({|SN0018:Width.Double|})]",
        "Dense(Width.Double) would have 2147483647×2 = 4294967294 numbers, more than the 2147483647 that can be indexed")]
    [InlineData("""[Input(8), Relu, Block<Body>({|SN0011:As = "unused"|}, From = "input"), Tanh(From = "relu1")]""",
        "Nothing uses 'unused': take it with From, Add or Concat, or remove it")]
    [InlineData("""[Input(8), Block<Body>(As = "a"), Dense(8, {|SN0005:As = "A"|})]""",
        "Block<Body> is already called 'A': names are compared without case, since they become members and parameters")]
    [InlineData("""[Input(8), Block<Body>({|SN0006:As = "summary"|})]""",
        "'summary' cannot be a name here: the generated class has a member or parameter of this name")]
    [InlineData("""[Input(8), Block<Body>({|SN0004:From = "dense1"|})]""", "No input or layer before this one is called 'dense1': names here are input")]
    [InlineData("""[Input(8), Block<Body>(As = "a"), Dense(4), Add({|SN0003:"a"|})]""",
        "Add(\"a\") needs the shape 4 of Dense(4) but Block<Body> gives 8")]
    public Task Uses_of_blocks_follow_the_rules_of_layers(string attributes, string message) => Says(attributes, Body, message);

    [Theory]
    [InlineData("Dense(0)", "SN0007", "Dense: units is 0 but must be at least 1")]
    [InlineData("Dense(5), Dense(Width.Half)", "SN0003", "Dense(Width.Half) needs a last axis that 2 divides but Dense(5) gives 5")]
    [InlineData("""Relu, Add("skip")""", "SN0004", "No input or layer before this one is called 'skip': names here are input, relu1")]
    [InlineData("""Relu(As = "a"), Tanh(As = "A")""", "SN0005", "Relu is already called 'A': names are compared without case, since they become members and parameters")]
    [InlineData("""Relu(As = "input")""", "SN0006", "'input' cannot be a name here: the value that a block takes is called so")]
    [InlineData("""Relu(As = "shortcut")""", "SN0006", "'shortcut' cannot be a name here: a part of every residual is called so")]
    [InlineData("""Relu(As = "toString")""", "SN0006", "'toString' cannot be a name here: the generated class has a member of this name")]
    [InlineData("""Tanh, Relu(From = "input")""", "SN0011", "Nothing uses 'tanh1': take it with From, Add or Concat, or remove it")]
    public async Task What_is_wrong_in_a_block_is_said_where_it_is_used_first(string layers, string id, string message) => await Says(
        $$"""[Input(8, As = "skip"), {|{{id}}:Block<Bad>(Repeat = 2, As = "stage")|}, Block<Bad>, Dense(3), Softmax]""",
        $"[Block, {layers}] class Bad;",
        $"In Bad (stage.0): {message}");

    [Fact]
    public Task A_loss_looks_into_blocks() => Says(
        "[Input(8), {|SN0010:Block<Head>|}, SoftmaxCrossEntropy]", "[Block, Dense(4), Softmax, Dropout(0.1)] class Head;",
        "In Head (block1): Softmax gives probabilities but SoftmaxCrossEntropy takes logits and makes probabilities of them itself, so that learning all but stops: "
        + "remove Softmax, Predict still gives probabilities");

    [Fact]
    public Task Another_shape_is_another_mistake() => Says(
        "[Input(6), {|SN0003:Block<Halves>(Repeat = 3)|}, Dense(10, From = \"input\"), {|SN0003:Block<Halves>(Repeat = 3)|}, Concat(\"block1\")]",
        "[Block, Dense(Width.Half), Relu] class Halves;",
        "In Halves (block1.1): Dense(Width.Half) needs a last axis that 2 divides but Block<Halves> gives 3",
        "In Halves (block2.1): Dense(Width.Half) needs a last axis that 2 divides but Block<Halves> gives 5");

    [Fact]
    public Task Layers_of_a_block_are_together() => Says(
        "[Input(8), {|SN0008:Block<Spread>|}]",
        "[Block, Relu] partial class Spread; [Tanh] partial class Spread;",
        "In Spread (block1): The layers of 'Spread' are spread over several partial declarations, and nothing says which come first: write all of them at one");

    [Theory]
    [InlineData("[Block, Dense(0)] class Unused;")]
    [InlineData("[Block, Relu] static class Whatever;")]
    public Task A_block_that_nothing_uses_is_left_alone(string block) => NetworkRule.InFile(block);

    [Fact]
    public Task What_the_compiler_rejects_is_its_own_matter() => NetworkRule.InFile(
        """
        [Network, Input(4), Block<Missing>, Dense(2), Softmax] partial class NoClass;
        [Network, Input(4), Residual<Body>(Shortcut = typeof(Missing)), Dense(2)] partial class NoShortcut;
        [Network, Input(4), Block<Body>(Repeat = "2"), Dense(2)] partial class WrongArgument;
        [Network, Input(4), Block<Typing>, Dense(2)] partial class InBlock;
        [Block, Relu] class Body;
        [Block, Dense(Units), Relu] class Typing;
        """);

    [Theory]
    [InlineData("Block<Bad>", "[Block, Relu, Dense(0)] class Bad;", "0")]
    [InlineData("Block<Outer>", "[Block, Relu, Block<Bad>] class Outer; [Block, Dense(-2), Relu] class Bad;", "-2")]
    [InlineData("Residual<Good>(Shortcut = typeof(Bad))", "[Block, Relu] class Good; [Block, Tanh, Add(\"nowhere\")] class Bad;", "\"nowhere\"")]
    [InlineData("Dense(7), Block<Bad>", "[Block, Dense(Width.Half)] class Bad;", "Width.Half", "Dense(7)")]
    [InlineData("Block<Bad>", "[Block, Dense(3, As = \"a\"), Dense(4), Add(\"a\")] class Bad;", "\"a\"", "Dense(3, As = \"a\")")]
    [InlineData("Block<Bad>", "[Block, Block<Bad>] class Bad;", "Block<Bad>")]
    [InlineData("Block<Spread>", "[Block, Relu] partial class Spread; [Tanh] partial class Spread;", "Tanh", "Relu")]
    public async Task The_line_in_the_block_is_an_additional_location(string layers, string blocks, params string[] expected)
    {
        var source = $"{blocks} [Network, Input(8), {layers}] partial class Net;";
        var diagnostic = Assert.Single(await TestCompilation.Create(source).Analyze(new NetworkAnalyzer()));

        Assert.Equal(expected, diagnostic.AdditionalLocations.Select(l => source.Substring(l.SourceSpan.Start, l.SourceSpan.Length)));
    }

    [Fact]
    public async Task A_block_of_another_assembly_is_used_the_same_way()
    {
        const string blocks = "[Block, LeakyRelu, Dense(units: 4, UseBias = false), LeakyRelu(0.2), Dense(Width.Double)] public class Far; [Block, Dense(0)] public class Bad;";
        using var stream = new MemoryStream();
        var library = TestCompilation.Create(blocks).WithAssemblyName("Blocks");
        Assert.True(library.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);
        var reference = MetadataReference.CreateFromImage(stream.ToArray());
        const string network = "[Network, Input(4), Residual<Far>(Projection = true), Dense(2)] partial class Net;";

        var near = GeneratorRun.Start(TestCompilation.Create(network, blocks), new NetworkGenerator());
        var far = GeneratorRun.Start(TestCompilation.Create(network).AddReferences(reference), new NetworkGenerator());
        Assert.Equal(near.Files, far.Files);
        Assert.Empty(far.Output.Problems());

        var wrong = await TestCompilation.Create("[Network, Input(4), Block<Bad>] partial class Net;").AddReferences(reference).Analyze(new NetworkAnalyzer());
        Assert.Equal("In Bad (block1): Dense: units is 0 but must be at least 1", Assert.Single(wrong).GetMessage(CultureInfo.InvariantCulture));
    }

    private static Task Says(string attributes, string blocks, params string[] messages) =>
        NetworkRule.InFile($"[Network]\n{attributes}\npublic partial class Net;\n{blocks}", messages);
}
