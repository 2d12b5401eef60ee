using StaticNet;

// The published network has biases before batch normalisation, and its count of parameters has them too.
#pragma warning disable SN0027

namespace ModelZoo;

/// <summary>
/// ResNet-8 for the photographs of CIFAR-10, as MLPerf Tiny has it for image classification: 78,666 numbers with the running statistics, 12.5
/// million multiply-adds.
/// </summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.SameUpper, L2 = 1e-4, Initializer = Initializer.HeNormal), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Residual<TinyBody>, Relu]
[Residual<TinyDownBody>(Shortcut = typeof(TinyShortcut)), Relu]
[Residual<TinyDownBody>(Shortcut = typeof(TinyShortcut)), Relu]
[AveragePool2D(8), Flatten, Dense(10, Initializer = Initializer.HeNormal)]
[SoftmaxCrossEntropy]
public partial class ResNet8;

/// <summary>Two convolutions.</summary>
[Block]
[Conv2D(Width.Same, 3, Padding = Padding.SameUpper, L2 = 1e-4, Initializer = Initializer.HeNormal), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Conv2D(Width.Same, 3, Padding = Padding.SameUpper, L2 = 1e-4, Initializer = Initializer.HeNormal), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
public class TinyBody;

/// <summary>Halves height and width, doubles channels.</summary>
[Block]
[Conv2D(Width.Double, 3, Stride = 2, Padding = Padding.SameUpper, L2 = 1e-4, Initializer = Initializer.HeNormal), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Conv2D(Width.Same, 3, Padding = Padding.SameUpper, L2 = 1e-4, Initializer = Initializer.HeNormal), BatchNorm(Epsilon = 1e-3, Momentum = 0.01)]
public class TinyDownBody;

[Block, Conv2D(Width.Double, 1, Stride = 2, L2 = 1e-4, Initializer = Initializer.HeNormal)]
public class TinyShortcut;
