namespace StaticNet.Benchmarks.Workloads.Networks;

/// <summary>The anomaly detector of MLPerf Tiny, without its batch normalisations.</summary>
[Network]
[Input(640)]
[Dense(128), Relu]
[Dense(128), Relu]
[Dense(128), Relu]
[Dense(128), Relu]
[Dense(8), Relu]
[Dense(128), Relu]
[Dense(128), Relu]
[Dense(128), Relu]
[Dense(128), Relu]
[Dense(640)]
[MeanSquaredError]
public partial class Autoencoder640;
