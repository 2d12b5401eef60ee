using StaticNet;

namespace ModelZoo;

/// <summary>
/// LeNet-5 for digits. LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998; in today's form,
/// in which every filter sees every channel and pooling has no parameters: 61,706 parameters.
/// </summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(6, 5, Padding = Padding.Same), Tanh, AveragePool2D(2)]
[Conv2D(16, 5), Tanh, AveragePool2D(2)]
[Flatten, Dense(120), Tanh]
[Dense(84), Tanh]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class LeNet5;
