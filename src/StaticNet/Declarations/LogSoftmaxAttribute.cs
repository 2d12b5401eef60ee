namespace StaticNet;

/// <summary>Logarithms of probabilities over the last axis: <c>yⱼ = xⱼ − log Σₖ exp xₖ</c>.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
