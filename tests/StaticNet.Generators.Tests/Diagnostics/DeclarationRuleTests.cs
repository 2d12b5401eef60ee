namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0002, SN0014, SN0015, SN0019, SN0020: what a declaration has, and in which order.</summary>
public class DeclarationRuleTests
{
    [Fact]
    public Task Inputs_layers_loss_is_the_order() => NetworkRule.Accepts("[Input(4)] [Dense(8), Relu] [Dense(2)] [SoftmaxCrossEntropy]");

    [Fact]
    public Task A_network_has_an_input() => NetworkRule.InFile(
        "[Network, Dense(2)] public partial class {|SN0002:Net|};",
        "'Net' has no [Input]: say the shape of one sample before the layers, as [Input(784)] or [Input(28, 28, 1)]");

    [Fact]
    public Task A_network_has_a_layer() => NetworkRule.InFile(
        "[Network, Input(4)] public partial class {|SN0020:Net|};",
        "'Net' has inputs but no layer that computes: add one, as [Dense(10)]");

    [Fact]
    public Task Inputs_come_first() => NetworkRule.Says(
        "[Input(4), Dense(8)]\n[{|SN0019:Input(3)|}, Dense(2)]",
        "Input(3) comes after a layer: declare all inputs first and take this one where it is needed with From, Add or Concat");

    [Fact]
    public Task The_loss_comes_last() => NetworkRule.Says(
        "[Input(4), Dense(8), SoftmaxCrossEntropy, {|SN0015:Dense(2)|}]",
        "Dense(2) comes after the loss SoftmaxCrossEntropy, which must be last: move it before the loss or remove it");

    [Fact]
    public Task There_is_one_loss() => NetworkRule.Says(
        "[Input(4), Dense(8), SoftmaxCrossEntropy]\n[{|SN0015:SoftmaxCrossEntropy|}]",
        "SoftmaxCrossEntropy comes after the loss SoftmaxCrossEntropy, which must be last: move it before the loss or remove it");

    [Fact]
    public Task With_two_inputs_the_first_layer_says_which() => NetworkRule.Says(
        """[Input(4, As = "user"), Input(4, As = "item")] [{|SN0014:Dense(2)|}]""",
        "Dense(2) could take any of the inputs user, item: say which one with From");

    [Fact]
    public Task There_are_four_inputs_at_most() => NetworkRule.Says(
        """
        [Input(1, As = "a"), Input(2, As = "b"), Input(3, As = "c"), Input(4, As = "d"), {|SN0023:Input(5, As = "e")|}, Input(6, As = "f")]
        [Concat("a", "b", "c", "d", "e", "f"), Dense(2)]
        """,
        "Input(5) is one input more than the 4 that a network can have: give some of them as one, with an axis more or side by side");

    [Fact]
    public Task Attributes_the_compiler_rejects_are_its_own_matter() => NetworkRule.InFile(
        """
        [Network, Input("4"), Dense(2), SoftmaxCrossEntropy] partial class WrongArgument;
        [Network, Inptu(4), Dense(2)] partial class WrongName;
        [Network, Input(4), Dense(Units), SoftmaxCrossEntropy] partial class WrongValue;
        [Network, Inptu(4), Dense(2)] class {|SN0001:WrongNameAndClass|};
        """);
}
