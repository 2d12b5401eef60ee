namespace StaticNet.Benchmarks.Workloads;

/// <summary>A copy of one tensor of a network, in PyTorch's shape and order.</summary>
/// <param name="Name">As saved: <c>conv1.weight</c>.</param>
/// <param name="Shape">[filters, channels / groups, height, width] or [outputs, inputs] for a weight, [channels] for all else.</param>
/// <param name="Values">Its elements.</param>
internal sealed record Parameter(string Name, int[] Shape, float[] Values);
