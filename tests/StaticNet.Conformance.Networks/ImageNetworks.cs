namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>image-networks</c>.</summary>
[Network]
[Input(14, 14, 1)]
[Conv2D(8, 3), Relu, MaxPool2D(2), Conv2D(16, 3), Relu, MaxPool2D(2), Flatten, Dense(48), Relu, Dense(10), SoftmaxCrossEntropy]
public sealed partial class DigitClassifier;

[Network]
[Input(8, 8, 3)]
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu(As = "stem")]
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Conv2D(6, 3, Padding = Padding.Same, UseBias = false)]
[BatchNorm, Add("stem"), Relu(As = "first"), Conv2D(12, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(12, 3, Padding = Padding.Same, UseBias = false), BatchNorm(As = "body"), Conv2D(12, 1, Stride = 2, From = "first")]
[Add("body"), Relu, GlobalAveragePool2D, Dense(5), SoftmaxCrossEntropy]
public sealed partial class ResidualClassifier;
