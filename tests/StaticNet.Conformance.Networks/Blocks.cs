namespace StaticNet.Conformance.Networks;

[Block]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public sealed class BasicBody;

[Block]
[Conv2D(Width.Double, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public sealed class HalvingBody;

[Block]
[Residual<BasicBody>, Relu]
public sealed class BasicUnit;

[Block]
[Dense(Width.Quarter), Tanh(As = "skip"), Dense(Width.Same), Add("skip"), Concat("input")]
public sealed class Head;

/// <summary>A small ResNet out of blocks.</summary>
[Network]
[Input(9, 9, 3)]
[Conv2D(4, 3), Relu]
[Block<BasicUnit>(Repeat = 2, As = "layer1")]
[Residual<HalvingBody>(Projection = true, As = "layer2"), Relu]
[Flatten, Block<Head>, Dropout(0.25), Dense(5), SoftmaxCrossEntropy]
public sealed partial class ResNetOfBlocks;

/// <summary>The same without blocks.</summary>
[Network]
[Input(9, 9, 3)]
[Conv2D(4, 3), Relu(As = "x0")]
[Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Add("x0"), Relu(As = "x1")]
[Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Add("x1"), Relu(As = "x2")]
[Conv2D(8, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(8, 3, Padding = Padding.Same, UseBias = false), BatchNorm(As = "body")]
[Conv2D(8, 1, Stride = 2, UseBias = false, From = "x2"), BatchNorm(As = "shortcut"), Add("body", "shortcut"), Relu]
[Flatten(As = "features"), Dense(32), Tanh(As = "skip"), Dense(32), Add("skip"), Concat("features")]
[Dropout(0.25), Dense(5), SoftmaxCrossEntropy]
public sealed partial class ResNetOfLayers;
