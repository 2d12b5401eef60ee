using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>The rule that Adam and AdamW share.</summary>
/// <param name="coupledDecay">λ in g + λ·w.</param>
/// <param name="keep">The factor 1 − η·λ on w of decoupled decay.</param>
/// <param name="step">η / (1 − β₁ᵗ).</param>
/// <param name="first">β₁ and 1 − β₁.</param>
/// <param name="second">β₂ and 1 − β₂.</param>
/// <param name="rootCorrection">1 / √(1 − β₂ᵗ).</param>
/// <param name="epsilon">ε.</param>
internal readonly struct AdamRule(
    float coupledDecay, float keep, float step, MovingAverage first, MovingAverage second, float rootCorrection, float epsilon)
    : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Update<TLanes, TVector>(TVector parameter, TVector gradient, ref float state0, ref float state1, nuint index)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var g = TLanes.MultiplyAdd(TLanes.Create(coupledDecay), parameter, gradient);
        var m = first.Move<TLanes, TVector>(ref state0, g, index);
        var v = second.Move<TLanes, TVector>(ref state1, TLanes.Multiply(g, g), index);
        var root = TLanes.MultiplyAdd(TLanes.Sqrt(v), TLanes.Create(rootCorrection), TLanes.Create(epsilon));
        var kept = TLanes.Multiply(parameter, TLanes.Create(keep));
        return TLanes.MultiplyAdd(TLanes.Create(-step), TLanes.Divide(m, root), kept);
    }

    public string Describe(Span<float> numbers)
    {
        ReadOnlySpan<float> all = [coupledDecay, keep, -step, first.Old, first.New, second.Old, second.New, rootCorrection, epsilon];
        all.CopyTo(numbers);
        return "adam";
    }
}
