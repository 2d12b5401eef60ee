namespace StaticNet.Benchmarks.Workloads.Networks;

/// <summary>The usual first network for MNIST.</summary>
[Network]
[Input(784)]
[Dense(128), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class Mlp784x128x10;
