using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    private const float SmallestNormal = 1.17549435e-38f;
    private const float SubnormalScale = 8388608f;
    private const float SubnormalExponent = 23f;

    // Bits of 2/3: subtracting them leaves the exponent that brings the mantissa into [2/3, 4/3).
    private const int TwoThirdsBits = 0x3f2aaaab;
    private const int ExponentMask = unchecked((int)0xff800000);

    // log(1 + f) = f + f²·(-½ + f·(Log3 + Log4·f + … + Log10·f⁷)) for |f| ≤ 1/3; minimax for the relative error, 5e-9.
    private const float Log3 = 0.333332152f;
    private const float Log4 = -0.249997973f;
    private const float Log5 = 0.20010452f;
    private const float Log6 = -0.166805089f;
    private const float Log7 = 0.14005138f;
    private const float Log8 = -0.12183886f;
    private const float Log9 = 0.139880076f;
    private const float Log10 = -0.128936112f;

    /// <summary>Natural logarithm, within 2 ulp, subnormal arguments included; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        var tiny = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        var scaled = Vector512.ConditionalSelect(tiny, x * Vector512.Create(SubnormalScale), x);
        var exponent = (scaled.AsInt32() - Vector512.Create(TwoThirdsBits)) & Vector512.Create(ExponentMask);
        var f = (scaled.AsInt32() - exponent).AsSingle() - Vector512<float>.One;
        var n = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(exponent, ExponentShift));
        n = Vector512.ConditionalSelect(tiny, n - Vector512.Create(SubnormalExponent), n);

        var result = Vector512.FusedMultiplyAdd(n, Vector512.Create(Ln2), LogPolynomial(f));
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), result);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), result);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        var tiny = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var scaled = Vector256.ConditionalSelect(tiny, x * Vector256.Create(SubnormalScale), x);
        var exponent = (scaled.AsInt32() - Vector256.Create(TwoThirdsBits)) & Vector256.Create(ExponentMask);
        var f = (scaled.AsInt32() - exponent).AsSingle() - Vector256<float>.One;
        var n = Vector256.ConvertToSingle(Vector256.ShiftRightArithmetic(exponent, ExponentShift));
        n = Vector256.ConditionalSelect(tiny, n - Vector256.Create(SubnormalExponent), n);

        var result = Vector256.FusedMultiplyAdd(n, Vector256.Create(Ln2), LogPolynomial(f));
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity)), result, x);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(float.NaN), result);
        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), result);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x)
    {
        var tiny = Vector128.LessThan(x, Vector128.Create(SmallestNormal));
        var scaled = Vector128.ConditionalSelect(tiny, x * Vector128.Create(SubnormalScale), x);
        var exponent = (scaled.AsInt32() - Vector128.Create(TwoThirdsBits)) & Vector128.Create(ExponentMask);
        var f = (scaled.AsInt32() - exponent).AsSingle() - Vector128<float>.One;
        var n = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(exponent, ExponentShift));
        n = Vector128.ConditionalSelect(tiny, n - Vector128.Create(SubnormalExponent), n);

        var result = Vector128.MultiplyAddEstimate(n, Vector128.Create(Ln2), LogPolynomial(f));
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(float.PositiveInfinity)), result, x);
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), Vector128.Create(float.NaN), result);
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<float>.Zero), Vector128.Create(float.NegativeInfinity), result);
    }

    // log(1 + f), the odd and the even coefficients in two chains.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogPolynomial(Vector512<float> f)
    {
        var f2 = f * f;
        var odd = Vector512.FusedMultiplyAdd(Vector512.Create(Log9), f2, Vector512.Create(Log7));
        var even = Vector512.FusedMultiplyAdd(Vector512.Create(Log10), f2, Vector512.Create(Log8));
        odd = Vector512.FusedMultiplyAdd(odd, f2, Vector512.Create(Log5));
        even = Vector512.FusedMultiplyAdd(even, f2, Vector512.Create(Log6));
        odd = Vector512.FusedMultiplyAdd(odd, f2, Vector512.Create(Log3));
        even = Vector512.FusedMultiplyAdd(even, f2, Vector512.Create(Log4));
        var cubic = Vector512.FusedMultiplyAdd(even, f, odd);
        return Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(cubic, f, Vector512.Create(-0.5f)), f2, f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LogPolynomial(Vector256<float> f)
    {
        var f2 = f * f;
        var odd = Vector256.FusedMultiplyAdd(Vector256.Create(Log9), f2, Vector256.Create(Log7));
        var even = Vector256.FusedMultiplyAdd(Vector256.Create(Log10), f2, Vector256.Create(Log8));
        odd = Vector256.FusedMultiplyAdd(odd, f2, Vector256.Create(Log5));
        even = Vector256.FusedMultiplyAdd(even, f2, Vector256.Create(Log6));
        odd = Vector256.FusedMultiplyAdd(odd, f2, Vector256.Create(Log3));
        even = Vector256.FusedMultiplyAdd(even, f2, Vector256.Create(Log4));
        var cubic = Vector256.FusedMultiplyAdd(even, f, odd);
        return Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(cubic, f, Vector256.Create(-0.5f)), f2, f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogPolynomial(Vector128<float> f)
    {
        var f2 = f * f;
        var odd = Vector128.MultiplyAddEstimate(Vector128.Create(Log9), f2, Vector128.Create(Log7));
        var even = Vector128.MultiplyAddEstimate(Vector128.Create(Log10), f2, Vector128.Create(Log8));
        odd = Vector128.MultiplyAddEstimate(odd, f2, Vector128.Create(Log5));
        even = Vector128.MultiplyAddEstimate(even, f2, Vector128.Create(Log6));
        odd = Vector128.MultiplyAddEstimate(odd, f2, Vector128.Create(Log3));
        even = Vector128.MultiplyAddEstimate(even, f2, Vector128.Create(Log4));
        var cubic = Vector128.MultiplyAddEstimate(even, f, odd);
        return Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(cubic, f, Vector128.Create(-0.5f)), f2, f);
    }
}
