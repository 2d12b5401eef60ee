namespace StaticNet;

/// <summary>
/// Batch normalisation: <c>y = weight · (x − mean) / √(variance + ε) + bias</c> for each channel, the last axis. Parameters are
/// <c>weight</c> [c], 1 at first, and <c>bias</c> [c], 0 at first. Ioffe and Szegedy, 2015.
/// </summary>
/// <remarks>
/// <para>
/// In training (<c>TrainStep</c>, <c>Fit</c>, <c>Record</c>) mean and variance are those of the batch, over all axes but the last; the
/// variance is the biased one, divided by the number n of values. Each such pass moves the running statistics, which inference uses, as
/// PyTorch does: <c>running = (1 − Momentum) · running + Momentum · batch</c>, where the batch's variance is the unbiased one, divided by
/// n − 1. Where gradients of several batches are added up, each batch counts for itself.
/// </para>
/// <para>
/// The running statistics are state: <c>running_mean</c> [c] (0 at first) and <c>running_var</c> [c] (1 at first) are saved and loaded
/// with the parameters, and not trained. One value for a channel has no variance: training on a single sample [c] throws
/// <see cref="ArgumentException"/>.
/// </para>
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>ε > 0, added to the variance.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>How much a batch counts in the running statistics, from 0 to 1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Whether there are <c>weight</c> and <c>bias</c>.</summary>
    public bool Affine { get; set; } = true;
}
