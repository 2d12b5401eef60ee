namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>
/// 3×3 windows of stride one and whole vectors of channels are computed by tiles: edges of all kinds, panels of all widths, samples so few
/// that panels transform their own weights and more; generated code agrees with the interpreter.
/// </summary>
public class TileTests
{
    [Fact]
    public void Tiles_agree_with_the_interpreter() => Oracle.AssertAgree(
        "[Input(11, 9, 16)] [Conv2D(48, 3, Padding = Padding.Same), Tanh, Conv2D(20, 3), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(6, 9, 32)] [Conv2D(16, 3), Silu, Conv2D(80, 3, Pads = new[] { 2, 1 }), Relu, GlobalAveragePool2D, MeanSquaredError]",
        "[Input(5, 4, 3)] [Conv2D(16, 1), Tanh, Conv2D(48, 3, Padding = Padding.Same), ConvTranspose2D(32, 3), Flatten, Dense(2), MeanSquaredError]");
}
