namespace StaticNet.Weights.Tests;

// Keras' convolutions have a bias before batch normalisation unless they are told not to.
#pragma warning disable SN0027

/// <summary>The network of <c>keras_model.py</c>.</summary>
[Network]
[Input(6, 5, 2)]
[Conv2D(5, 3), BatchNorm(Epsilon = 1e-3), Tanh]
[DepthwiseConv2D(2), Tanh, Flatten, Dense(6), Tanh]
[Dense(6)]
[MeanSquaredError]
public partial class KerasNetwork;
