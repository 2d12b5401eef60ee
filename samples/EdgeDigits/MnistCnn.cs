using StaticNet;

namespace EdgeDigitsSample;

/// <summary>Two convolutions with pooling, then two dense layers: 843,658 parameters, trained by <c>samples/Mnist</c>.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3), Relu, MaxPool2D(2)]
[Conv2D(64, 3), Relu, MaxPool2D(2)]
[Flatten, Dense(512), Relu, Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistCnn;
