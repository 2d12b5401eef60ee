namespace StaticNet.Benchmarks.Workloads;

/// <summary>One dense layer's parameters in PyTorch's order.</summary>
/// <param name="Weight">Outputs × inputs, row by row.</param>
/// <param name="Bias">One value an output.</param>
internal sealed record DenseParameters(float[] Weight, float[] Bias);
