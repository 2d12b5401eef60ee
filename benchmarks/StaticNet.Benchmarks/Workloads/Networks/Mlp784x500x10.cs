namespace StaticNet.Benchmarks.Workloads.Networks;

/// <summary>A wider network for MNIST, whose matrix products dominate.</summary>
[Network]
[Input(784)]
[Dense(500), Relu]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class Mlp784x500x10;
