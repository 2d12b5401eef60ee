namespace StaticNet.Benchmarks.Workloads.Networks;

/// <summary>Small enough to be unrolled whole.</summary>
[Network]
[Input(2)]
[Dense(8), Tanh]
[Dense(1)]
[BinaryCrossEntropy]
public partial class Xor2x8x1;
