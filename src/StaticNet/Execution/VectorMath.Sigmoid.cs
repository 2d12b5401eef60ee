using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    private const float SigmoidSaturation = 88f;

    /// <summary>1 / (1 + e⁻ˣ), within 4 ulp; zero below -87.34, where the result would be subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum give their second operand when either is NaN.
        var clamped = Vector512.MinNative(Vector512.Create(SigmoidSaturation), Vector512.MaxNative(Vector512.Create(-SigmoidSaturation), x));
        var shifted = Vector512.FusedMultiplyAdd(clamped, Vector512.Create(-InverseLn2), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), -clamped);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var power = Vector512.FusedMultiplyAdd(ExpTail(r), r * r, r + Vector512<float>.One);

        var scale = Vector512.ShiftLeft(shifted.AsInt32() + Vector512.Create(ExponentBias), ExponentShift).AsSingle();
        var result = Vector512<float>.One / Vector512.FusedMultiplyAdd(power, scale, Vector512<float>.One);
        var vanishes = Vector512.LessThan(x, Vector512.Create(SmallestExpArgument));
        return Vector512.ConditionalSelect(vanishes, Vector512<float>.Zero, result);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var clamped = Vector256.MinNative(Vector256.Create(SigmoidSaturation), Vector256.MaxNative(Vector256.Create(-SigmoidSaturation), x));
        var shifted = Vector256.FusedMultiplyAdd(clamped, Vector256.Create(-InverseLn2), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), -clamped);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        var power = Vector256.FusedMultiplyAdd(ExpTail(r), r * r, r + Vector256<float>.One);

        var scale = Vector256.ShiftLeft(shifted.AsInt32() + Vector256.Create(ExponentBias), ExponentShift).AsSingle();
        var result = Vector256<float>.One / Vector256.FusedMultiplyAdd(power, scale, Vector256<float>.One);
        var vanishes = Vector256.LessThan(x, Vector256.Create(SmallestExpArgument));
        return Vector256.ConditionalSelect(vanishes, Vector256<float>.Zero, result);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x)
    {
        var clamped = Vector128.MinNative(Vector128.Create(SigmoidSaturation), Vector128.MaxNative(Vector128.Create(-SigmoidSaturation), x));
        var shifted = Vector128.MultiplyAddEstimate(clamped, Vector128.Create(-InverseLn2), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), -clamped);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        var power = Vector128.MultiplyAddEstimate(ExpTail(r), r * r, r + Vector128<float>.One);

        var scale = Vector128.ShiftLeft(shifted.AsInt32() + Vector128.Create(ExponentBias), ExponentShift).AsSingle();
        var result = Vector128<float>.One / Vector128.MultiplyAddEstimate(power, scale, Vector128<float>.One);
        var vanishes = Vector128.LessThan(x, Vector128.Create(SmallestExpArgument));
        return Vector128.ConditionalSelect(vanishes, Vector128<float>.Zero, result);
    }
}
