namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0004, SN0005, SN0006, SN0011: names of values.</summary>
public class NameRuleTests
{
    [Fact]
    public Task Names_connect_layers() => NetworkRule.Accepts("""[Input(4), Dense(8, As = "hidden"), Dense(2, From = "hidden")]""");

    [Fact]
    public Task A_name_must_be_there_before() => NetworkRule.Says(
        """[Input(4), Dense(8, As = "hidden")]""" + "\n" + """[Dense(2, UseBias = false, {|SN0004:From = "hiden"|}), Dense(2, As = "later")]""",
        "No input or layer before this one is called 'hiden': names here are input, hidden");

    [Fact]
    public Task A_name_of_a_later_layer_is_unknown() => NetworkRule.Says(
        """[Input(4), Dense(8, {|SN0004:From = "later"|}), Dense(2, As = "later")]""",
        "No input or layer before this one is called 'later': names here are input");

    [Theory]
    [InlineData("""[Input(4), Dense(8, As = "a"), Dense(2, {|SN0005:As = "A"|})]""", "Dense(8) is already called 'A'")]
    [InlineData("""[Input(4), Dense(8), Dense(2, {|SN0005:As = "dense1"|})]""", "Dense(8) is already called 'dense1'")]
    [InlineData("""[Input(4), Dense(8, {|SN0005:As = "Input"|}), Dense(2)]""", "Input(4) is already called 'Input'")]
    public Task A_name_has_one_owner(string attributes, string start) => NetworkRule.Says(
        attributes, $"{start}: names are compared without case, since they become members and parameters");

    [Theory]
    [InlineData("1st", "it is no identifier")]
    [InlineData("", "it is no identifier")]
    [InlineData("class", "it is a keyword of C#")]
    [InlineData("predict", "the generated class has a member or parameter of this name")]
    [InlineData("net", "the generated class has a member or parameter of this name")]
    public Task A_name_is_an_identifier_that_is_free(string name, string reason) => NetworkRule.Says(
        $$"""[Input(4), Dense(2, {|SN0006:As = "{{name}}"|})]""",
        $"'{name}' cannot be a name here: {reason}");

    [Fact]
    public Task Nothing_is_computed_in_vain() => NetworkRule.Says(
        """[Input(4), Dense(8, {|SN0011:As = "side"|}), Dense(2, From = "input")]""",
        "Nothing uses 'side': take it with From, Add or Concat, or remove it");

    [Fact]
    public Task A_layer_without_a_name_can_be_unused_too() => NetworkRule.Says(
        """[Input(4), {|SN0011:Dense(8)|}, Dense(2, From = "input")]""",
        "Nothing uses 'dense1': take it with From, Add or Concat, or remove it");

    [Fact]
    public Task An_input_can_be_unused() => NetworkRule.Says(
        """[Input(4, As = "user"), Input(4, {|SN0011:As = "item"|})] [Dense(2, From = "user")]""",
        "Nothing uses 'item': take it with From, Add or Concat, or remove it");
}
