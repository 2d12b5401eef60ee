namespace StaticNet;

/// <summary>
/// Cross-entropy of classes from probabilities [classes], as a <see cref="SoftmaxAttribute"/> gives them:
/// <c>−Σⱼ tⱼ · max(log pⱼ, −100)</c>. <see cref="SoftmaxCrossEntropyAttribute"/> takes logits and is more exact.
/// </summary>
public sealed class CategoricalCrossEntropyAttribute : LossAttribute
{
    /// <summary>How the right class is told: its index unless this says otherwise.</summary>
    public Targets Targets { get; set; }
}
