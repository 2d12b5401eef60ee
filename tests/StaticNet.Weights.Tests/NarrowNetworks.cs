namespace StaticNet.Weights.Tests;

/// <summary>AlexNet with an eighth of its width: its weights as they are would be 244 MB.</summary>
[Network]
[Input(227, 227, 3)]
[Conv2D(12, 11, Stride = 4), Relu, LocalResponseNorm(5, Alpha = 5e-4, K = 2), MaxPool2D(3, Stride = 2)]
[Conv2D(32, 5, Padding = Padding.Same, Groups = 2), Relu, LocalResponseNorm(5, Alpha = 5e-4, K = 2), MaxPool2D(3, Stride = 2)]
[Conv2D(48, 3, Padding = Padding.Same), Relu]
[Conv2D(48, 3, Padding = Padding.Same, Groups = 2), Relu]
[Conv2D(32, 3, Padding = Padding.Same, Groups = 2), Relu, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(128), Relu, Dropout(0.5)]
[Dense(128), Relu, Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class NarrowAlexNet;

/// <summary>VGG-11 with an eighth of its width, for smaller images.</summary>
[Network]
[Input(64, 64, 3)]
[Conv2D(8, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(16, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(32, 3, Padding = Padding.Same), Relu, Conv2D(32, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = Padding.Same), Relu, Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = Padding.Same), Relu, Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Flatten, Dense(64), Relu, Dropout(0.5)]
[Dense(64), Relu, Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class NarrowVgg11;
