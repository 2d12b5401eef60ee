namespace StaticNet;

/// <summary>
/// Group normalisation: <c>y = weight · (x − mean) / √(variance + ε) + bias</c>, with mean and variance (the biased one, divided by the
/// number of values) of each sample over all places and a group of neighbouring channels, the last axis. In training and inference
/// alike. Parameters are <c>weight</c> [c], 1 at first, and <c>bias</c> [c], 0 at first. As many groups as channels are instance
/// normalisation. Wu and He, 2018.
/// </summary>
/// <param name="groups">Groups of equal size, at least 1.</param>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>Groups of channels.</summary>
    public int Groups { get; } = groups;

    /// <summary>ε > 0, added to the variance.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there are <c>weight</c> and <c>bias</c>.</summary>
    public bool Affine { get; set; } = true;
}
