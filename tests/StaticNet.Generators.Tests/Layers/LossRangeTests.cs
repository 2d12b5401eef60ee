using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

public class LossRangeTests
{
    [Theory]
    [InlineData("[Dense(3), Softmax] [SoftmaxCrossEntropy]", "SN0010 2:-1 Softmax|SoftmaxCrossEntropy")]
    [InlineData("[Dense(3), Softmax, Dropout(0.1), Flatten] [SoftmaxCrossEntropy]", "SN0010 2:-1 Softmax|SoftmaxCrossEntropy")]
    [InlineData("[Dense(3), Sigmoid] [BinaryCrossEntropy]", "SN0010 2:-1 Sigmoid|BinaryCrossEntropy")]
    [InlineData("[Dense(3), HardSigmoid] [BinaryCrossEntropy]", "SN0010 2:-1 HardSigmoid|BinaryCrossEntropy")]
    [InlineData("[Dense(3), Sigmoid] [SoftmaxCrossEntropy]", "SN0016 2:-1 Sigmoid|SoftmaxCrossEntropy")]
    [InlineData("[Dense(3), Sigmoid] [CategoricalCrossEntropy]", "SN0016 2:-1 Sigmoid|CategoricalCrossEntropy")]
    [InlineData("[Dense(3)] [CategoricalCrossEntropy]", "SN0021 2:-1 CategoricalCrossEntropy|Dense(3)")]
    [InlineData("[Dense(3), Relu] [BinaryCrossEntropy(FromLogits = false)]", "SN0021 3:-1 BinaryCrossEntropy|Relu")]
    public void Activations_that_do_not_go_with_the_loss_are_warned_of(string layers, string finding)
    {
        Assert.Equal([finding], Source.Findings("[Input(4)]" + layers));
        Assert.False(Source.Analyze("[Input(4)]" + layers).HasErrors);
    }

    [Theory]
    [InlineData("[Dense(3)] [SoftmaxCrossEntropy]")]
    [InlineData("[Dense(3), Softmax, Dense(3)] [SoftmaxCrossEntropy]")]
    [InlineData("[Dense(3), Softmax] [CategoricalCrossEntropy]")]
    [InlineData("[Dense(3)] [BinaryCrossEntropy]")]
    [InlineData("[Dense(3), Sigmoid] [BinaryCrossEntropy(FromLogits = false)]")]
    [InlineData("[Dense(3), Softmax] [BinaryCrossEntropy(FromLogits = false)]")]
    [InlineData("[Dense(3), Sigmoid] [MeanSquaredError]")]
    [InlineData("[Flatten] [SoftmaxCrossEntropy]")]
    public void Those_that_do_are_not(string layers) => Assert.Empty(Source.Findings("[Input(4)]" + layers));
}
