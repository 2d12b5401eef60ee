using StaticNet;

namespace ModelZoo;

/// <summary>
/// ResNet-18. He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016: 11,689,512 parameters, 1.8 billion
/// multiply-adds.
/// </summary>
[Network]
[Input(224, 224, 3)]
[Block<ResNetStem>]
[Block<BasicBlock>(Repeat = 2)]
[Block<BasicDown>, Block<BasicBlock>]
[Block<BasicDown>, Block<BasicBlock>]
[Block<BasicDown>, Block<BasicBlock>]
[GlobalAveragePool2D, Dense(1000)]
[SoftmaxCrossEntropy]
public partial class ResNet18;

/// <summary>Two convolutions with a way around them.</summary>
[Block, Residual<BasicBody>, Relu]
public class BasicBlock;

[Block]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public class BasicBody;

/// <summary>Halves height and width, doubles channels.</summary>
[Block, Residual<BasicDownBody>(Shortcut = typeof(DoublingShortcut)), Relu]
public class BasicDown;

[Block]
[Conv2D(Width.Double, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public class BasicDownBody;
