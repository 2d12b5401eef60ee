using StaticNet;

namespace ModelZoo;

/// <summary>Two convolutions and two dense layers for the photographs of CIFAR-10: 8,475,530 parameters.</summary>
[Network]
[Input(32, 32, 3)]
[Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(128, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Flatten, Dense(1024), Relu, Dropout(0.5)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class CifarCnn;
