using StaticNet;

// The published network has biases before batch normalisation, and its count of parameters has them too.
#pragma warning disable SN0027

namespace ModelZoo;

/// <summary>
/// MobileNetV1 of a quarter of its width for 96×96 images. Howard et al., "MobileNets: efficient convolutional neural networks for mobile
/// vision applications", 2017, as MLPerf Tiny has it for visual wake words (is there a person?): 221,794 numbers with the running statistics, 7.5
/// million multiply-adds.
/// </summary>
[Network]
[Input(96, 96, 3)]
[Conv2D(8, 3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Block<SeparableDouble>]
[Block<SeparableDown>, Block<Separable>]
[Block<SeparableDown>, Block<Separable>]
[Block<SeparableDown>, Block<Separable>(Repeat = 5)]
[Block<SeparableDown>, Block<Separable>]
[AveragePool2D(3), Flatten, Dense(2)]
[SoftmaxCrossEntropy]
public partial class MobileNet;

/// <summary>A 3×3 convolution channel by channel, then a 1×1 convolution over the channels.</summary>
[Block]
[DepthwiseConv2D(3, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Conv2D(Width.Same, 1), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
public class Separable;

/// <summary>Doubles channels.</summary>
[Block]
[DepthwiseConv2D(3, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Conv2D(Width.Double, 1), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
public class SeparableDouble;

/// <summary>Halves height and width, doubles channels.</summary>
[Block]
[DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Conv2D(Width.Double, 1), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
public class SeparableDown;
