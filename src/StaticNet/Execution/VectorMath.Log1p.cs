using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static partial class VectorMath
{
    /// <summary>log(1 + x), within 2 ulp also near 0; keeps the sign of zero; −∞ at -1, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1p(Vector512<float> x)
    {
        // 1 + x = 2ᵉ·(1 + f). The rounded sum only chooses e; f = x·2⁻ᵉ + (2⁻ᵉ − 1) is formed from x itself.
        var sum = x + Vector512<float>.One;
        var exponent = (sum.AsInt32() - Vector512.Create(TwoThirdsBits)) & Vector512.Create(ExponentMask);
        var n = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(exponent, ExponentShift));

        // 4·2⁻ᵉ instead of 2⁻ᵉ, which is subnormal for the largest arguments.
        var scale = (Vector512.Create(4f).AsInt32() - exponent).AsSingle();
        var quarter = Vector512.Create(0.25f);
        var f = Vector512.FusedMultiplyAdd(x * scale, quarter, Vector512.FusedMultiplyAdd(scale, quarter, Vector512.Create(-1f)));

        var result = Vector512.FusedMultiplyAdd(n, Vector512.Create(Ln2), LogPolynomial(f));
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-1f)), Vector512.Create(float.NaN), result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(-1f)), Vector512.Create(float.NegativeInfinity), result);
        return (result.AsInt32() | (x.AsInt32() & Vector512.Create(SignBit))).AsSingle();
    }

    /// <inheritdoc cref="Log1p(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1p(Vector256<float> x)
    {
        var sum = x + Vector256<float>.One;
        var exponent = (sum.AsInt32() - Vector256.Create(TwoThirdsBits)) & Vector256.Create(ExponentMask);
        var n = Vector256.ConvertToSingle(Vector256.ShiftRightArithmetic(exponent, ExponentShift));

        var scale = (Vector256.Create(4f).AsInt32() - exponent).AsSingle();
        var quarter = Vector256.Create(0.25f);
        var f = Vector256.FusedMultiplyAdd(x * scale, quarter, Vector256.FusedMultiplyAdd(scale, quarter, Vector256.Create(-1f)));

        var result = Vector256.FusedMultiplyAdd(n, Vector256.Create(Ln2), LogPolynomial(f));
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity)), result, x);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-1f)), Vector256.Create(float.NaN), result);
        result = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256.Create(-1f)), Vector256.Create(float.NegativeInfinity), result);
        return (result.AsInt32() | (x.AsInt32() & Vector256.Create(SignBit))).AsSingle();
    }

    /// <inheritdoc cref="Log1p(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1p(Vector128<float> x)
    {
        var sum = x + Vector128<float>.One;
        var exponent = (sum.AsInt32() - Vector128.Create(TwoThirdsBits)) & Vector128.Create(ExponentMask);
        var n = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(exponent, ExponentShift));

        var scale = (Vector128.Create(4f).AsInt32() - exponent).AsSingle();
        var quarter = Vector128.Create(0.25f);
        var f = Vector128.MultiplyAddEstimate(x * scale, quarter, Vector128.MultiplyAddEstimate(scale, quarter, Vector128.Create(-1f)));

        var result = Vector128.MultiplyAddEstimate(n, Vector128.Create(Ln2), LogPolynomial(f));
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(float.PositiveInfinity)), result, x);
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(-1f)), Vector128.Create(float.NaN), result);
        result = Vector128.ConditionalSelect(Vector128.Equals(x, Vector128.Create(-1f)), Vector128.Create(float.NegativeInfinity), result);
        return (result.AsInt32() | (x.AsInt32() & Vector128.Create(SignBit))).AsSingle();
    }
}
