namespace StaticNet;

/// <summary>
/// Layer normalisation: <c>y = weight · (x − mean) / √(variance + ε) + bias</c>, with mean and variance (the biased one, divided by the
/// number of values) of each vector along the last axis, or of each whole sample. In training and inference alike. Parameters are
/// <c>weight</c>, 1 at first, and <c>bias</c>, 0 at first, of the shape that is normalised: [c], or the whole sample's, which of an image
/// is [channels, height, width], as in PyTorch. Ba, Kiros and Hinton, 2016.
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>ε > 0, added to the variance.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether mean and variance are over all axes of a sample instead of the last.</summary>
    public bool WholeSample { get; set; }

    /// <summary>Whether there are <c>weight</c> and <c>bias</c>.</summary>
    public bool Affine { get; set; } = true;
}
