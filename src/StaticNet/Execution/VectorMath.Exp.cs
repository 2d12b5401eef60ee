using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    // exp(x) is finite up to the first and at least 2⁻¹²⁶, the smallest normal float, from the second.
    private const float LargestExpArgument = 88.72283f;
    private const float SmallestExpArgument = -87.33654f;

    // exp(r) - 1 = r + r²·(Exp2 + Exp3·r + … + Exp6·r⁴) for |r| ≤ ln 2 / 2; minimax for the relative error, 1.4e-8.
    private const float Exp2 = 0.49999997f;
    private const float Exp3 = 0.166665435f;
    private const float Exp4 = 4.16675061e-2f;
    private const float Exp5 = 8.36655591e-3f;
    private const float Exp6 = 1.38642872e-3f;

    /// <summary>eˣ, within 2 ulp; zero below -87.34, where the result would be subnormal; +∞ above 88.72.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(InverseLn2), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var power = Vector512.FusedMultiplyAdd(ExpTail(r), r * r, r + Vector512<float>.One);

        // The exponent is added as an integer: 2¹²⁸ as a factor would overflow where the product does not.
        var result = (power.AsInt32() + Vector512.ShiftLeft(shifted.AsInt32(), ExponentShift)).AsSingle();
        var inRange = Vector512.LessThanOrEqual(x, Vector512.Create(LargestExpArgument));
        result = Vector512.ConditionalSelect(inRange, result, x + Vector512.Create(float.PositiveInfinity));
        var vanishes = Vector512.LessThan(x, Vector512.Create(SmallestExpArgument));
        return Vector512.ConditionalSelect(vanishes, Vector512<float>.Zero, result);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(InverseLn2), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var power = Vector256.FusedMultiplyAdd(ExpTail(r), r * r, r + Vector256<float>.One);

        var result = (power.AsInt32() + Vector256.ShiftLeft(shifted.AsInt32(), ExponentShift)).AsSingle();
        var inRange = Vector256.LessThanOrEqual(x, Vector256.Create(LargestExpArgument));
        result = Vector256.ConditionalSelect(inRange, result, x + Vector256.Create(float.PositiveInfinity));
        var vanishes = Vector256.LessThan(x, Vector256.Create(SmallestExpArgument));
        return Vector256.ConditionalSelect(vanishes, Vector256<float>.Zero, result);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        var shifted = Vector128.MultiplyAddEstimate(x, Vector128.Create(InverseLn2), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), x);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        var power = Vector128.MultiplyAddEstimate(ExpTail(r), r * r, r + Vector128<float>.One);

        var result = (power.AsInt32() + Vector128.ShiftLeft(shifted.AsInt32(), ExponentShift)).AsSingle();
        var inRange = Vector128.LessThanOrEqual(x, Vector128.Create(LargestExpArgument));
        result = Vector128.ConditionalSelect(inRange, result, x + Vector128.Create(float.PositiveInfinity));
        var vanishes = Vector128.LessThan(x, Vector128.Create(SmallestExpArgument));
        return Vector128.ConditionalSelect(vanishes, Vector128<float>.Zero, result);
    }

    // (exp(r) - 1 - r) / r², in two short chains.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpTail(Vector512<float> r)
    {
        var low = Vector512.FusedMultiplyAdd(Vector512.Create(Exp3), r, Vector512.Create(Exp2));
        var high = Vector512.FusedMultiplyAdd(Vector512.Create(Exp5), r, Vector512.Create(Exp4));
        high = Vector512.FusedMultiplyAdd(Vector512.Create(Exp6), r * r, high);
        return Vector512.FusedMultiplyAdd(high, r * r, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpTail(Vector256<float> r)
    {
        var low = Vector256.FusedMultiplyAdd(Vector256.Create(Exp3), r, Vector256.Create(Exp2));
        var high = Vector256.FusedMultiplyAdd(Vector256.Create(Exp5), r, Vector256.Create(Exp4));
        high = Vector256.FusedMultiplyAdd(Vector256.Create(Exp6), r * r, high);
        return Vector256.FusedMultiplyAdd(high, r * r, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpTail(Vector128<float> r)
    {
        var low = Vector128.MultiplyAddEstimate(Vector128.Create(Exp3), r, Vector128.Create(Exp2));
        var high = Vector128.MultiplyAddEstimate(Vector128.Create(Exp5), r, Vector128.Create(Exp4));
        high = Vector128.MultiplyAddEstimate(Vector128.Create(Exp6), r * r, high);
        return Vector128.MultiplyAddEstimate(high, r * r, low);
    }
}
