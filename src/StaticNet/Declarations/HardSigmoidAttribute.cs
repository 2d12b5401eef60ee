namespace StaticNet;

/// <summary>
/// A sigmoid of three straight lines: 0 up to −3, <c>x / 6 + 1/2</c>, 1 from 3 on. Courbariaux et al., 2015, as PyTorch has it.
/// </summary>
public sealed class HardSigmoidAttribute : LayerAttribute;
