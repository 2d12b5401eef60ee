using StaticNet;

namespace ModelZoo;

/// <summary>Two convolutions and two dense layers for digits: 843,658 parameters.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3), Relu, MaxPool2D(2)]
[Conv2D(64, 3), Relu, MaxPool2D(2)]
[Flatten, Dense(512), Relu, Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class MnistCnn;
