using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>All kernels of declared networks but contractions, whose results are the interpreter's.</summary>
public class NetworkTests
{
    [Theory]
    [InlineData("[Input(17), Dense(33), Relu, Dropout(0.3), Dense(10), SoftmaxCrossEntropy]")]
    [InlineData("[Input(17), Dense(33), Gelu, Dense(9), Elu, Dense(65), Silu, Dense(1), Huber]")]
    [InlineData("[Input(9), Dense(12), Tanh, Dense(8), Softplus, Dense(5), BinaryCrossEntropy]")]
    [InlineData("[Input(9), Dense(12), HardSwish, LayerNorm, Dense(5), Softmax, CategoricalCrossEntropy]")]
    [InlineData("[Input(8, 8, 3), Conv2D(6, 3), BatchNorm, Relu, MaxPool2D(2), Conv2D(4, 2), BatchNorm, Relu, GlobalAveragePool2D, Dense(3), SoftmaxCrossEntropy]")]
    [InlineData("[Input(9, 9, 3), Conv2D(8, 3, Padding = Padding.Same), GroupNorm(2), Relu, MaxPool2D(3, Stride = 2), SpatialDropout2D(0.2), Flatten, Dense(4), MeanSquaredError]")]
    [InlineData("[Input(3, 8, 8, Layout = Layout.CHW), Conv2D(7, 3), LocalResponseNorm(5), AveragePool2D(2), Flatten, Dense(4), MeanAbsoluteError]")]
    [InlineData("[Input(6, 6, 3), Conv2D(8, 3, Padding = Padding.Same), Relu, Conv2D(5, 3, Padding = Padding.Same), Relu, Conv2D(2, 3, Padding = Padding.Same), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("""[Input(8), Dense(8, As = "skip"), Relu, Dense(8), Add("skip"), Concat("skip"), Dense(2), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]""")]
    [InlineData("[Input(4, 4, 4), Conv2D(4, 3, Padding = Padding.Same), Upsample2D(2), Conv2D(2, 3, Stride = 2), Flatten, Dense(2), MeanSquaredError]")]
    public void Training_agrees_with_the_interpreter(string declaration)
    {
        foreach (var batch in new[] { 1, 5 })
        {
            var graph = Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Train), GradientSeed.Loss);
            DeviceRun.Check(Rematerialize.Run(Simplify.Run(graph)), batch);
        }
    }

    [Theory]
    [InlineData("[Input(17), Dense(33), Relu, Dropout(0.3), LayerNorm, Dense(10)]")]
    [InlineData("[Input(9, 8, 3), BatchNorm, MaxPool2D(2, Padding = Padding.SameUpper), Conv2D(4, 3), Flatten, Dense(3)]")]
    public void Gradients_of_inputs_agree_with_the_interpreter(string declaration)
    {
        var graph = Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Record), GradientSeed.Output, inputGradients: true);
        DeviceRun.Check(Rematerialize.Run(Simplify.Run(graph)), 3);
    }
}
