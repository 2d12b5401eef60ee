using StaticNet.Execution;

namespace StaticNet;

/// <summary>η·γ^⌊t / period⌋, as PyTorch's <c>StepLR</c>.</summary>
/// <param name="period">Epochs (or steps) between decays, at least 1.</param>
/// <param name="factor">γ, above 0 and at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
public sealed class StepDecay(int period, double factor = 0.1) : Schedule
{
    /// <summary>Time between decays.</summary>
    public int Period { get; } = Require.AtLeastOne(period, nameof(period));

    /// <summary>γ.</summary>
    public double Factor { get; } = Require.Factor(factor, nameof(factor));

    /// <inheritdoc/>
    public override double Rate(double initial, long time) => initial * PortableMath.Power(Factor, time / Period);
}
