using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// η·(f + (1 − f)·t / duration) until the full rate is reached, as PyTorch's <c>LinearLR</c>; another schedule may follow, whose time
/// then begins at 0, as under <c>SequentialLR</c>.
/// </summary>
/// <param name="duration">Epochs (or steps) of warming up, at least 1.</param>
/// <param name="start">f, above 0 and at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
public sealed class LinearWarmup(int duration, double start = 1.0 / 3) : Schedule
{
    /// <summary>Time until the full rate.</summary>
    public int Duration { get; } = Require.AtLeastOne(duration, nameof(duration));

    /// <summary>f.</summary>
    public double Start { get; } = Require.Factor(start, nameof(start));

    /// <summary>The schedule after warming up; null keeps the full rate. It counts epochs or steps as this one does.</summary>
    public Schedule? Then { get; init; }

    /// <inheritdoc/>
    public override double Rate(double initial, long time) =>
        time < Duration ? initial * (Start + ((1 - Start) * time / Duration)) : Then?.Rate(initial, time - Duration) ?? initial;

    internal override void Reset() => Then?.Reset();

    internal override void Observe(EpochResult result, double initial) => Then?.Observe(result, initial);
}
