using StaticNet;

namespace StaticNetApp;

/// <summary>
/// Two numbers in, one of three classes out. The first layer brings columns of any unit to mean 0 and variance 1; what it has learned of
/// them is saved with the weights.
/// </summary>
[Network]
[Input(2)]
[BatchNorm]
[Dense(32), Relu]
[Dense(32), Relu]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Classifier;
