using StaticNet;

namespace ModelZoo;

/// <summary>
/// ResNet-50, whose stages halve height and width in their 3×3 convolution ("version 1.5", as PyTorch's): 25,557,032 parameters, 4.1 billion
/// multiply-adds.
/// </summary>
[Network]
[Input(224, 224, 3)]
[Block<ResNetStem>]
[Block<BottleneckStart>, Block<Bottleneck>(Repeat = 2)]
[Block<BottleneckDown>, Block<Bottleneck>(Repeat = 3)]
[Block<BottleneckDown>, Block<Bottleneck>(Repeat = 5)]
[Block<BottleneckDown>, Block<Bottleneck>(Repeat = 2)]
[GlobalAveragePool2D, Dense(1000)]
[SoftmaxCrossEntropy]
public partial class ResNet50;

/// <summary>A 3×3 convolution over a quarter of the channels, with a way around it.</summary>
[Block, Residual<BottleneckBody>, Relu]
public class Bottleneck;

[Block]
[Conv2D(Width.Quarter, 1, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm]
public class BottleneckBody;

/// <summary>The first of all: quadruples the channels of the stem.</summary>
[Block, Residual<BottleneckStartBody>(Shortcut = typeof(QuadruplingShortcut)), Relu]
public class BottleneckStart;

[Block]
[Conv2D(Width.Same, 1, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm]
public class BottleneckStartBody;

[Block, Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm]
public class QuadruplingShortcut;

/// <summary>Halves height and width, doubles channels.</summary>
[Block, Residual<BottleneckDownBody>(Shortcut = typeof(DoublingShortcut)), Relu]
public class BottleneckDown;

[Block]
[Conv2D(Width.Half, 1, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm]
public class BottleneckDownBody;
