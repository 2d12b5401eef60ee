namespace StaticNet;

/// <summary>
/// Probabilities over the last axis: <c>yⱼ = exp xⱼ / Σₖ exp xₖ</c>. Not before a loss that takes logits:
/// <see cref="SoftmaxCrossEntropyAttribute"/> applies it itself.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute;
