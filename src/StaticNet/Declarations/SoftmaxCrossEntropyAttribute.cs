namespace StaticNet;

/// <summary>
/// Cross-entropy of classes from logits [classes]: <c>−Σⱼ qⱼ · log softmax(z)ⱼ</c>, computed as <c>log Σⱼ exp(zⱼ − max z) − …</c>, which
/// neither overflows nor loses digits. The network's output are the logits: <c>Predict</c> applies the softmax.
/// </summary>
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute
{
    /// <summary>How the right class is told: its index unless this says otherwise.</summary>
    public Targets Targets { get; set; }

    /// <summary>
    /// ε of the targets <c>q = (1 − ε) · t + ε / classes</c>, from 0 up to 1: 0 unless this says otherwise. Szegedy et al., 2016.
    /// </summary>
    public double LabelSmoothing { get; set; }
}
