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

    [Theory]
    [InlineData("[Input(4), Dense(2), {|SN0010:Softmax|}, SoftmaxCrossEntropy]", "Softmax", "SoftmaxCrossEntropy")]
    [InlineData("[Input(4), Dense(2), {|SN0010:Softmax|}, Dropout(0.5), SoftmaxCrossEntropy]", "Softmax", "SoftmaxCrossEntropy")]
    [InlineData("[Input(4), Dense(1), {|SN0010:Sigmoid|}]\n[BinaryCrossEntropy]", "Sigmoid", "BinaryCrossEntropy")]
    [InlineData("[Input(4), Dense(2), {|SN0010:Softmax|}, BinaryCrossEntropy]", "Softmax", "BinaryCrossEntropy")]
    public Task A_loss_from_logits_gets_no_probabilities(string attributes, string activation, string loss) => NetworkRule.Says(
        attributes,
        $"{activation} gives probabilities but {loss} takes logits and makes probabilities of them itself, so that learning all but stops: remove {activation}, Predict still gives probabilities");

    [Theory]
    [InlineData("[Input(4), Dense(2), Softmax, CategoricalCrossEntropy]")]
    [InlineData("[Input(4), Dense(1), Sigmoid, BinaryCrossEntropy(FromLogits = false)]")]
    [InlineData("[Input(4), Dense(2), Softmax, Dense(2), SoftmaxCrossEntropy]")]
    [InlineData("[Input(4), Dense(2), Softmax, MeanSquaredError]")]
    public Task Probabilities_fit_the_loss_that_takes_them(string attributes) => NetworkRule.Accepts(attributes);

    [Theory]
    [InlineData("[Input(4), Dense(3), {|SN0016:Sigmoid|}, SoftmaxCrossEntropy]", "SoftmaxCrossEntropy")]
    [InlineData("[Input(4), Dense(3), {|SN0016:Sigmoid|}, CategoricalCrossEntropy]", "CategoricalCrossEntropy")]
    public Task Classes_that_exclude_each_other_share_one_probability(string attributes, string loss) => NetworkRule.Says(
        attributes,
        $"Sigmoid gives each class a probability of its own but {loss} compares classes that exclude each other: remove Sigmoid, or use BinaryCrossEntropy where several can be right");

    [Theory]
    [InlineData("[Input(4), Dense(3), {|SN0021:CategoricalCrossEntropy|}]", "CategoricalCrossEntropy", "Dense(3)")]
    [InlineData("[Input(4), Dense(3), Relu, {|SN0021:BinaryCrossEntropy(FromLogits = false)|}]", "BinaryCrossEntropy", "Relu")]
    public Task A_loss_from_probabilities_gets_them(string attributes, string loss, string layer) => NetworkRule.Says(
        attributes,
        $"{loss} takes probabilities but {layer} gives any number: put the activation before the loss or, better, use the loss that takes logits");
}
