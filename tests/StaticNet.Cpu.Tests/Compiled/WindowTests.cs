using StaticNet.Conformance;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Windows of odd sizes, strides, dilations, borders and channels: generated code agrees with the interpreter.</summary>
public class WindowTests
{
    [Fact]
    public void Convolutions_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(9, 7, 1)] [Conv2D(5, 3), Relu, Conv2D(33, 2, Stride = 2), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(11, 10, 3)] [Conv2D(17, 3, Padding = Padding.Same, Stride = 2), Tanh, Conv2D(40, 3, Dilation = 2, Pads = new[] { 2, 1 }), Flatten, MeanSquaredError]",
        "[Input(6, 18, 20)] [Conv2D(16, 1, Stride = 2), Silu, Conv2D(8, 3, 2, Stride = 3, Padding = Padding.SameUpper), Flatten, Dense(4), MeanSquaredError]",
        "[Input(13, 4)] [Conv1D(6, 3, Padding = Padding.Same), Relu, Conv1D(35, 4, Stride = 2), Flatten, Dense(2), SoftmaxCrossEntropy]",
        "[Input(4, 4, 1)] [Conv2D(1, 2, Stride = 3), Tanh, Flatten, Dense(1), MeanSquaredError]",
        "[Input(5, 29, 2)] [Conv2D(1, 5, Padding = Padding.Same), Tanh, Conv2D(34, 3, Stride = 2, Dilation = 2), Flatten, MeanSquaredError]");

    [Fact]
    public void Depthwise_convolutions_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(9, 7, 5)] [DepthwiseConv2D(3, Padding = Padding.Same), Relu, Conv2D(33, 1), DepthwiseConv2D(3, Stride = 2), Tanh, DepthwiseConv2D(1, Stride = 2), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(2, 20)] [Conv1D(20, 1, Stride = 2, Groups = 20), Tanh, Flatten, Dense(2), MeanSquaredError]",
        "[Input(6, 8, 48)] [DepthwiseConv2D(4, Padding = Padding.SameUpper, Stride = 2), Silu, DepthwiseConv2D(2, Dilation = 2), Flatten, MeanSquaredError]");

    /// <summary>A chunk of lines begins and ends inside images: each image gives what it gives alone.</summary>
    [Fact]
    public void Lines_of_a_channel_are_shared_out_across_samples()
    {
        using var networks = CompiledNetworks.Compile(["[Input(20, 30, 48)] [DepthwiseConv2D(3, Padding = Padding.Same), GlobalAveragePool2D, MeanSquaredError]"]);
        using var network = networks.Create(0);
        const int batch = 13;
        var input = Samples.Inputs(network.Info, batch);
        var (size, width) = (input.Length / batch, network.Info.OutputSize);
        var whole = network.Infer(ProgramKind.Forward, input);
        for (var sample = 0; sample < batch; sample++)
            Assert.Equal(network.Infer(ProgramKind.Forward, input[(sample * size)..((sample + 1) * size)]), whole[(sample * width)..((sample + 1) * width)]);
    }

    /// <summary>Short lines are computed several together, with what follows them; what is added has a line of its own to read.</summary>
    [Fact]
    public void Short_lines_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(7, 5, 6)] [Conv2D(24, 1), BatchNorm, Relu, DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, Relu, Conv2D(40, 1, As = \"a\"), Relu, Conv2D(40, 1), Add(\"a\"), Relu, Conv2D(9, 3, Padding = Padding.Same), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(6, 4, 16)] [Conv2D(16, 1), DepthwiseConv2D(3, Padding = Padding.Same), Conv2D(16, 1), DepthwiseConv2D(3, Padding = Padding.Same), Conv2D(16, 1), DepthwiseConv2D(3, Padding = Padding.Same), Flatten, MeanSquaredError]",
        "[Input(5, 3, 4)] [Conv2D(16, 2, As = \"a\"), Conv2D(16, 1), Add(\"a\"), Sigmoid, Conv2D(20, 1), Relu, Conv2D(18, 3, Padding = Padding.Same, Stride = 2), Flatten, MeanSquaredError]");

    [Fact]
    public void Grouped_convolutions_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(5, 6, 6)] [Conv2D(9, 3, Groups = 3, Padding = Padding.Same), Tanh, Conv2D(3, 3, Stride = 2, Groups = 3), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(3, 4, 4)] [Conv2D(128, 2, Groups = 2), Tanh, Conv2D(64, 1, Groups = 2), Silu, Conv2D(32, 2, Groups = 16), Flatten, MeanSquaredError]",
        "[Input(5, 64)] [Conv1D(32, 2, Stride = 2, Groups = 16), Tanh, Conv1D(64, 2, Groups = 16), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(3, 2, 8)] [ConvTranspose2D(64, 2, Stride = 2, Groups = 2), Tanh, Conv2D(6, 1), ConvTranspose2D(4, 2, Groups = 2), Flatten, MeanSquaredError]",
        "[Input(8, 8, 16)] [Conv2D(16, 3, Padding = Padding.Same, Groups = 2), Tanh, ConvTranspose2D(16, 3, Groups = 2), Flatten, Dense(2), MeanSquaredError]");

    [Fact]
    public void Transposed_and_separable_convolutions_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(5, 4, 3)] [ConvTranspose2D(18, 3, Stride = 2, Padding = Padding.Same, OutputPadding = 1), Tanh, SeparableConv2D(9, 3, Stride = 2), Flatten, MeanSquaredError]",
        "[Input(3, 6, 17)] [ConvTranspose2D(33, 2, Stride = 3), Relu, ConvTranspose2D(2, 4, Dilation = 2, Padding = Padding.SameUpper), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(4, 4, 40)] [SeparableConv2D(7, 5, Padding = Padding.Same), Silu, ConvTranspose2D(5, 1, Stride = 2, OutputPadding = 1), Flatten, MeanSquaredError]");

    /// <summary>Windows that share no cell are over lines that are only made for them.</summary>
    [Fact]
    public void Pooled_convolutions_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(7, 9, 3)] [Conv2D(33, 3), Tanh, AveragePool2D(2), Conv2D(16, 2, Padding = Padding.SameUpper), AveragePool2D(2), Tanh, Flatten, MeanSquaredError]",
        "[Input(7, 8, 16)] [Conv2D(20, 3, Padding = Padding.Same), BatchNorm, Tanh, MaxPool2D(2), Flatten, MeanSquaredError]");
}
