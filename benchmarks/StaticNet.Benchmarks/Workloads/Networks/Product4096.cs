namespace StaticNet.Benchmarks.Workloads.Networks;

/// <summary>A matrix product: of 4096 samples, 4096³ multiply-adds.</summary>
[Network]
[Input(4096)]
[Dense(4096, UseBias = false)]
public partial class Product4096;

/// <summary>The same on tensor cores, with operands rounded to TensorFloat-32.</summary>
[Network(Precision = Precision.TensorFloat32)]
[Input(4096)]
[Dense(4096, UseBias = false)]
public partial class Product4096TensorFloat32;

/// <summary>The same on tensor cores, with operands rounded to bfloat16.</summary>
[Network(Precision = Precision.BFloat16)]
[Input(4096)]
[Dense(4096, UseBias = false)]
public partial class Product4096BFloat16;
