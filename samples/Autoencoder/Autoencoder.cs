using StaticNet;

namespace AutoencoderSample;

/// <summary>Squeezes 784 pixels into 32 numbers and makes 784 pixels of them again.</summary>
[Network]
[Input(784)]
[Dense(128), Relu]
[Dense(32)]
[Dense(128), Relu]
[Dense(784), Sigmoid]
[MeanSquaredError]
public partial class Autoencoder;
