using StaticNet;

// The published network has biases before batch normalisation, and its count of parameters has them too.
#pragma warning disable SN0027

namespace ModelZoo;

/// <summary>
/// The auto-encoder that MLPerf Tiny has for anomalies in the sound of machines: five frames of 128 mel bands, squeezed into 8 numbers. 269,992
/// numbers with the running statistics, 0.26 million multiply-adds.
/// </summary>
[Network]
[Input(640)]
[Block<AnomalyLayer>(Repeat = 4)]
[Dense(8), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
[Block<AnomalyLayer>(Repeat = 4)]
[Dense(640)]
[MeanSquaredError]
public partial class AnomalyAutoencoder;

[Block, Dense(128), BatchNorm(Epsilon = 1e-3, Momentum = 0.01), Relu]
public class AnomalyLayer;
