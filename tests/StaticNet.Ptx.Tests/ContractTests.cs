using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>Whole networks, contractions too, forward and backward.</summary>
public class ContractTests
{
    [Theory]
    [InlineData("[Input(17), Dense(33), Relu, Dense(10), SoftmaxCrossEntropy]")]
    [InlineData("[Input(5), Dense(7), Relu, Dense(3), SoftmaxCrossEntropy]")]
    [InlineData("[Input(1030), Dense(38), Relu, Dense(10), SoftmaxCrossEntropy]")]
    [InlineData("[Input(4, 3, 128), Conv2D(18, 3), Relu, Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(64), Dense(100), Gelu, Dense(48), Silu, Dense(7), MeanSquaredError]")]
    [InlineData("[Input(9, 8, 3), Conv2D(6, 3), Relu, Conv2D(5, 2), Relu, Flatten, Dense(3), SoftmaxCrossEntropy]")]
    [InlineData("[Input(9, 8, 4), Conv2D(8, 3, Stride = 2), Relu, Conv2D(36, 1), Relu, Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(9, 9, 4), Conv2D(8, 3, Padding = Padding.Same, Stride = 2), Relu, Conv2D(4, 3, Dilation = 2, Padding = Padding.Same), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(8, 8, 8), Conv2D(8, 3, Groups = 2), Relu, Conv2D(12, 1, Stride = 2, Groups = 4), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(7, 6, 8), Conv2D(4, 3, Stride = 2, Padding = Padding.Same, Groups = 4), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(8, 8, 6), DepthwiseConv2D(3), Relu, DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(8, 2, 1), DepthwiseConv2D(1, Stride = 2), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(5, 5, 6), ConvTranspose2D(4, 3, Stride = 2), Relu, ConvTranspose2D(3, 2), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(12, 5), Conv1D(8, 3), Relu, Conv1D(4, 3, Stride = 2), Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(3, 3, 4), Conv2D(8, 3), Relu, Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(5, 5, 4), ZeroPad2D(1), Conv2D(6, 1), Relu, Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("[Input(10, 9, 6), Conv2D(3, 3, Stride = 2, Groups = 3), Relu, Flatten, Dense(3), MeanSquaredError]")]
    [InlineData("""[Input(6, As = "x"), Dense(5, As = "a"), Dense(7, From = "x", As = "b"), Concat("a", "b"), Dense(4), MeanSquaredError]""")]
    [InlineData("""[Input(9, 4, As = "x"), Conv1D(5, 3, As = "a"), Conv1D(3, 3, From = "x", As = "b"), Concat("a", "b"), Conv1D(4, 2), Flatten, Dense(2), MeanSquaredError]""")]
    public void Training_agrees_with_the_interpreter(string declaration)
    {
        foreach (var batch in new[] { 1, 33 })
        {
            var graph = Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Train), GradientSeed.Loss);
            DeviceRun.Check(PtxPrograms.Prepare(graph), batch, options: PtxOptions.Default);
        }
    }

    [Theory]
    [InlineData("[Input(17), Dense(33), Relu, Dense(10)]")]
    [InlineData("[Input(9, 8, 3), Conv2D(6, 3, Stride = 3), Relu, Conv2D(5, 2), Flatten, Dense(3)]")]
    [InlineData("[Input(5, 6, 34), Conv2D(36, 3, Groups = 2), Flatten, Dense(3)]")]
    [InlineData("[Input(8, 8, 6), DepthwiseConv2D(3, Stride = 2), Relu, SeparableConv2D(5, 2), Flatten, Dense(3)]")]
    [InlineData("[Input(8, 2, 1), DepthwiseConv2D(1, Stride = 2), Flatten, Dense(3)]")]
    [InlineData("[Input(9, 8, 6), Conv2D(3, 3, Stride = 2, Groups = 3)]")]
    [InlineData("[Input(1, 1, 7), Conv2D(5, 3, Padding = Padding.Same)]")]
    [InlineData("[Input(1, 1, 7), Conv2D(5, 2, Padding = Padding.SameUpper)]")]
    [InlineData("[Input(2, 3, 4), Conv2D(33, 4, Pads = [0, 2, 0, 1]), Relu, Conv2D(3, 2, Padding = Padding.SameUpper)]")]
    [InlineData("[Input(3, 3, 4), Conv2D(5, 3, Dilation = 2, Stride = 3, Padding = Padding.Same)]")]
    public void Gradients_of_inputs_agree_with_the_interpreter(string declaration)
    {
        var graph = Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Record), GradientSeed.Output, inputGradients: true);
        DeviceRun.Check(PtxPrograms.Prepare(graph), 3, options: PtxOptions.Default);
    }

    /// <summary>One after another, 4096 equal terms are off by more than 2e-5.</summary>
    [Theory]
    [InlineData(20, 17, 4096)]
    [InlineData(2, 1, 32768)]
    public void Long_sums_are_made_in_pieces(int inputs, int outputs, int batch)
    {
        var graph = Differentiate.Run(Lower.Run(Source.Analyze($"[Input({inputs}), Dense({outputs}), MeanSquaredError]"), GraphPurpose.Train), GradientSeed.Loss);
        Dictionary<string, double[]> bindings = new()
        {
            ["input"] = All(batch * inputs, 0.1),
            ["target"] = All(batch * outputs, -0.3),
            ["sampleWeight"] = All(batch, 1),
            ["dense1.weight"] = All(outputs * inputs, 0),
            ["dense1.bias"] = All(outputs, 0),
        };
        DeviceRun.Check(PtxPrograms.Prepare(graph), batch, tolerance: 1e-5, bindings, options: PtxOptions.Default);

        static double[] All(int count, double value) => [.. Enumerable.Repeat(value, count)];
    }
}
