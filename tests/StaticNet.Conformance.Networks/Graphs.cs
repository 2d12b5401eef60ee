namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector files <c>graphs</c> and <c>regularization</c>.</summary>
[Network]
[Input(8, As = "user"), Input(16, As = "item")]
[Dense(9, From = "user"), Tanh(As = "left")]
[Dense(7, From = "item"), Tanh(As = "right")]
[Concat("left", "right"), Dense(5)]
public sealed partial class ConcatGraph;

[Network]
[Input(12)]
[Dense(15), Relu(As = "skip")]
[Dense(15), Add("skip"), Relu]
[Dense(3)]
public sealed partial class ResidualGraph;

[Network]
[Input(12, As = "x")]
[Dense(9)]
[Dense(9, From = "x"), Sigmoid, Multiply("dense1")]
[Dense(4)]
public sealed partial class GatingGraph;

[Network]
[Input(12)]
[Dense(7), Tanh(As = "h")]
[Dense(5, From = "h"), Dense(3, From = "h"), Dense(9, From = "h")]
[Concat("dense2", "dense3", "dense4"), Tanh, Dense(3)]
public sealed partial class FanOutGraph;

[Network]
[Input(6, As = "x")]
[Dense(6), Tanh, Add("x", As = "h")]
[Concat("h", "x"), Dense(5)]
public sealed partial class InputTwiceGraph;

[Network]
[Input(12)]
[Dense(7), Multiply("dense1", "dense1")]
[Dense(3)]
public sealed partial class SquareGraph;

[Network]
[Input(5)]
[Dense(7, L1 = 0.01), Tanh, Dense(3, L1 = 0.02)]
[MeanSquaredError]
public sealed partial class L1Penalties;

[Network]
[Input(5)]
[Dense(7, L2 = 0.01), Tanh, Dense(3, L2 = 0.02)]
[MeanSquaredError]
public sealed partial class L2Penalties;

[Network]
[Input(5)]
[Dense(7, L1 = 0.01, L2 = 0.002), Tanh, Dense(3, L1 = 0.003, L2 = 0.02)]
[MeanSquaredError]
public sealed partial class BothPenalties;
