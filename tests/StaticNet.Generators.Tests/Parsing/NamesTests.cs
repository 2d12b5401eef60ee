namespace StaticNet.Generators.Tests.Parsing;

public class NamesTests
{
    [Fact]
    public void Layers_are_called_by_kind_and_ordinal_or_by_As() => Assert.Equal(
        ["dense1", "leakyrelu1", "hidden", "leakyrelu2", "dense3"],
        Source.Analyze("""[Input(4)] [Dense(8), LeakyRelu] [Dense(8, As = "hidden"), LeakyRelu] [Dense(2)]""").Layers.Select(layer => layer.Name));

    [Theory]
    [InlineData("[Input(4)] [Dense(2)]", "input")]
    [InlineData("""[Input(4, As = "user")] [Dense(2)]""", "user")]
    [InlineData("""[Input(4), Input(3)] [Concat("input1", "input2")]""", "input1", "input2")]
    [InlineData("""[Input(4, As = "user"), Input(3, As = "item")] [Concat("user", "item")]""", "user", "item")]
    public void Inputs_are_called_by_what_they_are(string attributes, params string[] names) =>
        Assert.Equal(names, Source.Analyze(attributes).Inputs.Select(input => input.Name));

    [Theory]
    [InlineData("2fast", "it is no identifier")]
    [InlineData("", "it is no identifier")]
    [InlineData("a b", "it is no identifier")]
    [InlineData("class", "it is a keyword of C#")]
    [InlineData("predict", "the generated class has a member or parameter of this name")]
    [InlineData("output", "the generated class has a member or parameter of this name")]
    [InlineData("net", "the generated class has a member or parameter of this name")]
    public void Names_are_identifiers_that_nothing_generated_has(string name, string reason) =>
        Assert.Equal([$"SN0006 1:1 {name}|{reason}"], Source.Findings($"""[Input(4)] [Dense(2, As = "{name}")]"""));

    [Theory]
    [InlineData("""[Input(4)] [Dense(3, As = "a")] [Dense(2, As = "a")]""", "SN0005 2:1 a|Dense(3)")]
    [InlineData("""[Input(4)] [Dense(3, As = "head")] [Dense(2, As = "Head")]""", "SN0005 2:1 Head|Dense(3)")]
    [InlineData("""[Input(4, As = "a")] [Dense(2, As = "a")]""", "SN0005 1:1 a|Input(4)")]
    [InlineData("""[Input(4)] [Dense(3, As = "relu1")] [Relu]""", "SN0005 1:1 relu1|Relu")]
    public void Names_are_given_once(string attributes, string finding) => Assert.Equal([finding], Source.Findings(attributes));

    [Theory]
    [InlineData("_x1")]
    [InlineData("größe")]
    [InlineData("skip")]
    public void Other_names_are_fine(string name) => Assert.Empty(Source.Findings($"""[Input(4)] [Dense(2, As = "{name}")]"""));
}
