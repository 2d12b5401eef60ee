using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// ηₘ + (η − ηₘ)·(1 + cos(π·t / period)) / 2, as PyTorch's <c>CosineAnnealingLR</c>: after the period it rises again. Loshchilov and
/// Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.
/// </summary>
/// <param name="period">Epochs (or steps) to the minimum, at least 1.</param>
/// <param name="minimum">ηₘ.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
public sealed class CosineAnnealing(int period, double minimum = 0) : Schedule
{
    /// <summary>Time to the minimum.</summary>
    public int Period { get; } = Require.AtLeastOne(period, nameof(period));

    /// <summary>ηₘ.</summary>
    public double Minimum { get; } = Require.NonNegative(minimum, nameof(minimum));

    /// <inheritdoc/>
    public override double Rate(double initial, long time) =>
        Minimum + ((initial - Minimum) * (1 + PortableMath.CosPi((double)time / Period)) / 2);
}
