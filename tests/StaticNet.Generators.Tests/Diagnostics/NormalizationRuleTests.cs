using StaticNet.CodeFixes;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0027: a bias that the batch normalisation after it takes away.</summary>
public class NormalizationRuleTests
{
    [Theory]
    [InlineData("[Input(4), {|SN0027:Dense(2)|}, BatchNorm]", "Dense(2)")]
    [InlineData("[Input(4), Dense(2, {|SN0027:UseBias = true|}), BatchNorm]", "Dense(2)")]
    [InlineData("[Input(4, 4, 1), {|SN0027:Conv2D(2, 3)|}, BatchNorm, Relu]", "Conv2D(2, 3)")]
    [InlineData("[Input(4, 4, 2), {|SN0027:DepthwiseConv2D(3)|}, BatchNorm]", "DepthwiseConv2D(3)")]
    public Task A_bias_before_the_normalisation_does_nothing(string attributes, string layer) => NetworkRule.Says(
        attributes, $"{layer} adds a bias that BatchNorm takes away with the mean and replaces by its own: say UseBias = false");

    [Theory]
    [InlineData("[Input(4), Dense(2, UseBias = false), BatchNorm]")]
    [InlineData("[Input(4), Dense(2), Relu, BatchNorm]")]
    [InlineData("[Input(4), Dense(2), LayerNorm]")]
    [InlineData("[Input(4), BatchNorm, Dense(2)]")]
    [InlineData("""[Input(4), Dense(2, As = "x"), BatchNorm, Add("x")]""")]
    public Task Other_biases_do_something(string attributes) => NetworkRule.Accepts(attributes);

    [Theory]
    [InlineData("Dense(2)", "Dense(2, UseBias = false)")]
    [InlineData("Dense(2, UseBias = true, L2 = 0.1)", "Dense(2, UseBias = false, L2 = 0.1)")]
    public Task The_bias_is_left_out(string layer, string expected) => CodeFixRun.Expect<NetworkAnalyzer, WithoutBiasFix>(
        Network(layer), Network(expected), "Leave out the bias of Dense");

    private static string Network(string layer) => $"[Network]\n[Input(4)]\n[{layer}, BatchNorm]\npublic partial class Net;\n";
}
