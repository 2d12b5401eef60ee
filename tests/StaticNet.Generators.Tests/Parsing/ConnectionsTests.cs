namespace StaticNet.Generators.Tests.Parsing;

public class ConnectionsTests
{
    // Values: 0 is the input, 1 the first layer, and so on.
    [Theory]
    [InlineData("[Dense(4), Relu]", "0 1")]
    [InlineData("""[Dense(4, As = "a"), Relu, Add("a")]""", "0 1 2,1")]
    [InlineData("""[Dense(4, As = "a"), Relu(As = "b"), Add("a", "b")]""", "0 1 1,2")]
    [InlineData("""[Dense(4, As = "a"), Relu, Dense(4), Add("a", "relu1")]""", "0 1 2 1,2", "dense2")]
    [InlineData("""[Dense(4, As = "a"), Multiply("a", "a")]""", "0 1,1")]
    [InlineData("""[Dense(4), Relu(From = "input"), Concat("dense1")]""", "0 0 2,1")]
    [InlineData("""[Dense(4, As = "a"), Relu(As = "b"), Tanh, Concat("a", "b", From = "tanh1")]""", "0 1 2 3,1,2")]
    public void Layers_take_the_value_before_or_those_they_name(string layers, string operands, params string[] unused)
    {
        var model = Source.Analyze($"[Input(4)] {layers}");

        Assert.Equal(unused.Select(name => $"SN0011 3:-1 {name}"), model.Findings.Select(Source.Describe));
        Assert.Equal(operands, string.Join(" ", model.Layers.Select(layer => string.Join(",", layer.Operands))));
    }

    [Fact]
    public void The_output_is_the_last_value() => Assert.Equal(2, Source.Analyze("[Input(4)] [Dense(4), Relu] [MeanSquaredError]").OutputValue);

    [Fact]
    public void The_output_is_the_value_the_loss_says() => Assert.Equal(
        1, Source.Analyze("""[Input(4)] [Dense(4, As = "y"), Relu, Add("y", As = "z")] [MeanSquaredError(From = "y")]""").OutputValue);

    [Theory]
    [InlineData("""[Input(4)] [Dense(4)] [Relu(From = "dense2")]""", "SN0004 2:0 dense2|input, dense1")]
    [InlineData("""[Input(4)] [Dense(4)] [Add("dense1", "later")] [Relu(As = "later")]""", "SN0004 2:1 later|input, dense1")]
    [InlineData("""[Input(4)] [Dense(4)] [Add("Dense1")]""", "SN0004 2:0 Dense1|input, dense1")]
    [InlineData("""[Input(4)] [Dense(4)] [MeanSquaredError(From = "y")]""", "SN0004 2:0 y|input, dense1")]
    public void Names_must_be_known_before(string attributes, string finding) => Assert.Equal([finding], Source.Findings(attributes));

    [Fact]
    public void With_several_inputs_the_first_layer_says_which() => Assert.Equal(
        ["SN0014 2:-1 Dense(4)|user, item"],
        Source.Findings("""[Input(4, As = "user"), Input(3, As = "item")] [Dense(4), Concat("item")]"""));

    [Theory]
    [InlineData("""[Input(4)] [Dense(4, As = "a")] [Relu(From = "input", As = "b")]""", "SN0011 1:1 a")]
    [InlineData("""[Input(4, As = "user"), Input(3, As = "item")] [Dense(4, From = "user")]""", "SN0011 1:1 item")]
    [InlineData("""[Input(4)] [Dense(4, As = "y"), Relu] [MeanSquaredError(From = "y")]""", "SN0011 2:-1 relu1")]
    public void Values_that_nothing_uses_are_told(string attributes, string finding)
    {
        Assert.Equal([finding], Source.Findings(attributes));
        Assert.False(Source.Analyze(attributes).HasErrors);
    }

    [Theory]
    [InlineData("[Dense(4)]", "SN0002 -1:-1 Net")]
    [InlineData("", "SN0002 -1:-1 Net")]
    [InlineData("[Input(4)]", "SN0020 -1:-1 Net")]
    [InlineData("[Input(4)] [Dense(4)] [Input(4)]", "SN0019 2:-1 Input(4)")]
    [InlineData("[Input(4)] [Dense(4)] [MeanSquaredError] [Relu]", "SN0015 3:-1 Relu|MeanSquaredError")]
    [InlineData("[Input(4)] [Dense(4)] [MeanSquaredError] [Huber(0.5)]", "SN0015 3:-1 Huber(0.5)|MeanSquaredError")]
    public void Inputs_come_first_and_one_loss_last(string attributes, string finding)
    {
        Assert.Equal([finding], Source.Findings(attributes));
        Assert.True(Source.Analyze(attributes).HasErrors);
    }
}
