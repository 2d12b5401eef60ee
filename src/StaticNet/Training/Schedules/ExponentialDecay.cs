using StaticNet.Execution;

namespace StaticNet;

/// <summary>η·γᵗ, as PyTorch's <c>ExponentialLR</c>.</summary>
/// <param name="factor">γ, above 0 and at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is outside its range.</exception>
public sealed class ExponentialDecay(double factor) : Schedule
{
    /// <summary>γ.</summary>
    public double Factor { get; } = Require.Factor(factor, nameof(factor));

    /// <inheritdoc/>
    public override double Rate(double initial, long time) => initial * PortableMath.Power(Factor, time);
}
