using StaticNet;

namespace MnistSample;

/// <summary>One hidden layer. The other half of this class, with all its arithmetic, is generated while the project is built.</summary>
[Network]
[Input(28, 28, 1)]
[Flatten]
[Dense(500), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class Mlp : IDigitNetwork;
