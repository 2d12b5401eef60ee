namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0009, SN0010, SN0016, SN0021: a loss and the output it is given.</summary>
public class LossRuleTests
{
    [Fact]
    public Task Logits_fit_the_loss_that_takes_them() => NetworkRule.Accepts("[Input(4), Dense(2), SoftmaxCrossEntropy]");

    [Theory]
    [InlineData("[Input(28, 28), Dense(10), {|SN0009:SoftmaxCrossEntropy|}]", "Dense(10)", "28×10")]
    [InlineData("[Input(4), Dense(1), {|SN0009:SoftmaxCrossEntropy(LabelSmoothing = 0.1)|}]", "Dense(1)", "1")]
    public Task Classes_are_one_vector(string attributes, string layer, string shape) => NetworkRule.Says(
        attributes, $"SoftmaxCrossEntropy needs one vector of at least 2 classes but {layer} gives {shape}");
}
