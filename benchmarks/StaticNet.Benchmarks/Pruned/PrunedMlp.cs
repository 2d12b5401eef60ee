using StaticNet.Benchmarks.Workloads.Networks;

namespace StaticNet.Benchmarks.Pruned;

/// <summary>784-128-10 with nine of ten weights zero, as part of this program.</summary>
[Frozen<Mlp784x128x10>("pruned-784-128-10.safetensors")]
public partial class PrunedMlp;
