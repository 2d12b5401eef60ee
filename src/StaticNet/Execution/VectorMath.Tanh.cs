using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    // tanh(x) = c·x + x·P(x²)/Q(x²) up to where it rounds to 1, fitted in single precision. With c = 1 / 9.02 the quotient
    // tends to zero there: its rounding errors, which grow with x, lose their weight.
    private const float TanhSaturation = 9.02f;
    private const float TanhSlope = 0.110864766f;
    private const float TanhNumerator0 = 0.881443858f;
    private const float TanhNumerator1 = 0.0812994465f;
    private const float TanhNumerator2 = 0.000620429113f;
    private const float TanhNumerator3 = -1.56776405e-05f;
    private const float TanhNumerator4 = -7.21050526e-08f;
    private const float TanhDenominator0 = 0.991349638f;
    private const float TanhDenominator1 = 0.463089377f;
    private const float TanhDenominator2 = 0.0256472863f;
    private const float TanhDenominator3 = 0.00032546735f;
    private const float TanhDenominator4 = 7.69518124e-07f;

    /// <summary>Hyperbolic tangent, within 4 ulp; exactly ±1 from 9.02 on; keeps the sign of zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // The constant comes first: the native minimum and maximum give their second operand when either is NaN.
        var limit = Vector512.Create(TanhSaturation);
        var a = Vector512.MinNative(limit, Vector512.MaxNative(-limit, x));
        var t = a * a;
        var numerator = Vector512.FusedMultiplyAdd(Vector512.Create(TanhNumerator4), t, Vector512.Create(TanhNumerator3));
        var denominator = Vector512.FusedMultiplyAdd(Vector512.Create(TanhDenominator4), t, Vector512.Create(TanhDenominator3));
        numerator = Vector512.FusedMultiplyAdd(numerator, t, Vector512.Create(TanhNumerator2));
        denominator = Vector512.FusedMultiplyAdd(denominator, t, Vector512.Create(TanhDenominator2));
        numerator = Vector512.FusedMultiplyAdd(numerator, t, Vector512.Create(TanhNumerator1));
        denominator = Vector512.FusedMultiplyAdd(denominator, t, Vector512.Create(TanhDenominator1));
        numerator = Vector512.FusedMultiplyAdd(numerator, t, Vector512.Create(TanhNumerator0));
        denominator = Vector512.FusedMultiplyAdd(denominator, t, Vector512.Create(TanhDenominator0));
        return Vector512.FusedMultiplyAdd(Vector512.Create(TanhSlope), a, a * numerator / denominator);
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        var limit = Vector256.Create(TanhSaturation);
        var a = Vector256.MinNative(limit, Vector256.MaxNative(-limit, x));
        var t = a * a;
        var numerator = Vector256.FusedMultiplyAdd(Vector256.Create(TanhNumerator4), t, Vector256.Create(TanhNumerator3));
        var denominator = Vector256.FusedMultiplyAdd(Vector256.Create(TanhDenominator4), t, Vector256.Create(TanhDenominator3));
        numerator = Vector256.FusedMultiplyAdd(numerator, t, Vector256.Create(TanhNumerator2));
        denominator = Vector256.FusedMultiplyAdd(denominator, t, Vector256.Create(TanhDenominator2));
        numerator = Vector256.FusedMultiplyAdd(numerator, t, Vector256.Create(TanhNumerator1));
        denominator = Vector256.FusedMultiplyAdd(denominator, t, Vector256.Create(TanhDenominator1));
        numerator = Vector256.FusedMultiplyAdd(numerator, t, Vector256.Create(TanhNumerator0));
        denominator = Vector256.FusedMultiplyAdd(denominator, t, Vector256.Create(TanhDenominator0));
        return Vector256.FusedMultiplyAdd(Vector256.Create(TanhSlope), a, a * numerator / denominator);
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        var limit = Vector128.Create(TanhSaturation);
        var a = Vector128.MinNative(limit, Vector128.MaxNative(-limit, x));
        var t = a * a;
        var numerator = Vector128.MultiplyAddEstimate(Vector128.Create(TanhNumerator4), t, Vector128.Create(TanhNumerator3));
        var denominator = Vector128.MultiplyAddEstimate(Vector128.Create(TanhDenominator4), t, Vector128.Create(TanhDenominator3));
        numerator = Vector128.MultiplyAddEstimate(numerator, t, Vector128.Create(TanhNumerator2));
        denominator = Vector128.MultiplyAddEstimate(denominator, t, Vector128.Create(TanhDenominator2));
        numerator = Vector128.MultiplyAddEstimate(numerator, t, Vector128.Create(TanhNumerator1));
        denominator = Vector128.MultiplyAddEstimate(denominator, t, Vector128.Create(TanhDenominator1));
        numerator = Vector128.MultiplyAddEstimate(numerator, t, Vector128.Create(TanhNumerator0));
        denominator = Vector128.MultiplyAddEstimate(denominator, t, Vector128.Create(TanhDenominator0));
        return Vector128.MultiplyAddEstimate(Vector128.Create(TanhSlope), a, a * numerator / denominator);
    }
}
