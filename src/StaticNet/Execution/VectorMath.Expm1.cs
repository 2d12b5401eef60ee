using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    // expm1(x) rounds to -1 below the first and overflows at the second, which the last doubling does by itself.
    private const float LargestExpm1Argument = 89f;
    private const float SmallestExpm1Argument = -20f;

    /// <summary>eˣ − 1, within 2 ulp also near 0; keeps the sign of zero; +∞ above 88.72.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum give their second operand when either is NaN.
        var clamped = Vector512.MinNative(Vector512.Create(LargestExpm1Argument), Vector512.MaxNative(Vector512.Create(SmallestExpm1Argument), x));
        var shifted = Vector512.FusedMultiplyAdd(clamped, Vector512.Create(InverseLn2), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), clamped);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var power = Vector512.FusedMultiplyAdd(ExpTail(r), r * r, r);

        // 2·(2ⁿ⁻¹·(eʳ − 1) + 2ⁿ⁻¹ − ½): the half keeps 2ⁿ finite for n = 128.
        var half = Vector512.ShiftLeft(shifted.AsInt32() + Vector512.Create(ExponentBias - 1), ExponentShift).AsSingle();
        var result = Vector512.FusedMultiplyAdd(half, power, half - Vector512.Create(0.5f));
        result += result;
        return (result.AsInt32() | (x.AsInt32() & Vector512.Create(SignBit))).AsSingle();
    }

    /// <inheritdoc cref="Expm1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expm1(Vector256<float> x)
    {
        var clamped = Vector256.MinNative(Vector256.Create(LargestExpm1Argument), Vector256.MaxNative(Vector256.Create(SmallestExpm1Argument), x));
        var shifted = Vector256.FusedMultiplyAdd(clamped, Vector256.Create(InverseLn2), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), clamped);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var power = Vector256.FusedMultiplyAdd(ExpTail(r), r * r, r);

        var half = Vector256.ShiftLeft(shifted.AsInt32() + Vector256.Create(ExponentBias - 1), ExponentShift).AsSingle();
        var result = Vector256.FusedMultiplyAdd(half, power, half - Vector256.Create(0.5f));
        result += result;
        return (result.AsInt32() | (x.AsInt32() & Vector256.Create(SignBit))).AsSingle();
    }

    /// <inheritdoc cref="Expm1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1(Vector128<float> x)
    {
        var clamped = Vector128.MinNative(Vector128.Create(LargestExpm1Argument), Vector128.MaxNative(Vector128.Create(SmallestExpm1Argument), x));
        var shifted = Vector128.MultiplyAddEstimate(clamped, Vector128.Create(InverseLn2), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), clamped);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        var power = Vector128.MultiplyAddEstimate(ExpTail(r), r * r, r);

        var half = Vector128.ShiftLeft(shifted.AsInt32() + Vector128.Create(ExponentBias - 1), ExponentShift).AsSingle();
        var result = Vector128.MultiplyAddEstimate(half, power, half - Vector128.Create(0.5f));
        result += result;
        return (result.AsInt32() | (x.AsInt32() & Vector128.Create(SignBit))).AsSingle();
    }
}
