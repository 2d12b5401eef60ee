namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector files <c>mlp</c> and <c>every-activation</c>.</summary>
[Network]
[Input(784)]
[Dense(128), Relu, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Mlp128;

[Network]
[Input(784)]
[Dense(500), Relu, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Mlp500;

[Network]
[Input(13)]
[Dense(17), Relu, Dense(33), LeakyRelu, Dense(15), Elu, Dense(29), Selu, Dense(7), Gelu]
[Dense(31), Gelu(Approximation = GeluApproximation.Tanh), Dense(19), Silu, Dense(25), Softplus, Dense(11), Sigmoid]
[Dense(37), HardSigmoid, Dense(21), HardSwish, Dense(9), Tanh, Dense(27), Softmax, Dense(23), LogSoftmax]
[Dense(5)]
public sealed partial class EveryActivation;
