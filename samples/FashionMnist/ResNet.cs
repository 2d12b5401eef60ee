using StaticNet;

namespace FashionMnistSample;

/// <summary>
/// A small residual network: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016. The other half of this class,
/// with all its arithmetic, is generated while the project is built.
/// </summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, MaxPool2D(2)]
[Block<ResidualBlock>]
[Block<ResidualDown>]
[Block<ResidualDown>]
[AveragePool2D(4), Flatten, Dropout(0.2), Dense(10)]
[SoftmaxCrossEntropy]
public partial class ResNet;

/// <summary>Its first layer alone, with parameters of the same names, to look at what that gives.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
public partial class FirstLayer;

/// <summary>Two convolutions with a way around them.</summary>
[Block, Residual<Body>, Relu]
public class ResidualBlock;

[Block]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public class Body;

/// <summary>Halves height and width, doubles channels.</summary>
[Block, Residual<DownBody>(Shortcut = typeof(DownShortcut)), Relu]
public class ResidualDown;

[Block]
[Conv2D(Width.Double, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm]
public class DownBody;

[Block, Conv2D(Width.Double, 1, Stride = 2, UseBias = false), BatchNorm]
public class DownShortcut;
