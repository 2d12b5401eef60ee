namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Elementary functions as sequences of fused multiply-adds: the formulas of the run time's <c>VectorMath</c>, whose page has their errors
/// (exp and log within 2 ulp, the others within 4), so that a value has the same bits on every processor. No approximate instruction takes part.
/// </summary>
internal sealed class PtxFunctions(PtxWriter writer)
{
    private const int ExponentBias = 127;
    private const int ExponentShift = 23;
    private const uint SignBit = 0x80000000;

    private const float Ln2 = 0.69314718f;

    // ln 2 in two parts. The first has 15 significant bits, so that its product with an exponent (8 bits) is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.42860677e-6f;
    private const float InverseLn2 = 1.44269502f;

    // Adding 1.5·2²³ rounds to an integer and leaves that integer in the low bits: no conversion is needed.
    private const float RoundingShift = 12582912f;

    // exp(x) is finite up to the first and at least 2⁻¹²⁶, the smallest normal float, from the second.
    private const float LargestExpArgument = 88.72283f;
    private const float SmallestExpArgument = -87.33654f;

    // expm1(x) rounds to -1 below the first and overflows at the second, which the last doubling does by itself.
    private const float SmallestExpm1Argument = -20f;
    private const float LargestExpm1Argument = 89f;

    private const float SigmoidSaturation = 88f;

    private const float SmallestNormal = 1.17549435e-38f;
    private const float SubnormalScale = 8388608f;
    private const float SubnormalExponent = 23f;

    // Bits of 2/3: subtracting them leaves the exponent that brings the mantissa into [2/3, 4/3).
    private const uint TwoThirdsBits = 0x3f2aaaab;
    private const uint ExponentMask = 0xff800000;
    private const uint BitsOfFour = 0x40800000;

    // (exp(r) − 1 − r) / r² for |r| ≤ ln 2 / 2, from the lowest power on.
    private static readonly float[] ExpTail = [0.49999997f, 0.166665435f, 4.16675061e-2f, 8.36655591e-3f, 1.38642872e-3f];

    // log(1 + f) = f + f²·(−½ + f·(these, from the lowest power on)) for |f| ≤ 1/3.
    private static readonly float[] LogTail =
        [0.333332152f, -0.249997973f, 0.20010452f, -0.166805089f, 0.14005138f, -0.12183886f, 0.139880076f, -0.128936112f];

    // tanh(x) = c·x + x·P(x²)/Q(x²) up to where it rounds to 1, and erf likewise.
    private static readonly float[] TanhNumerator = [0.881443858f, 0.0812994465f, 0.000620429113f, -1.56776405e-05f, -7.21050526e-08f];
    private static readonly float[] TanhDenominator = [0.991349638f, 0.463089377f, 0.0256472863f, 0.00032546735f, 7.69518124e-07f];
    private static readonly float[] ErfNumerator = [0.856014431f, 0.0616532676f, 0.0232309848f, -3.57987665e-05f, -1.14425784e-05f, -7.47191507e-06f];
    private static readonly float[] ErfDenominator = [0.979504228f, 0.492112309f, 0.111915626f, 0.0146898273f, 0.00114134862f, 3.72237591e-05f];

    /// <summary>eˣ; zero below -87.34, where the result would be subnormal; +∞ above 88.72.</summary>
    public PtxValue Exp(PtxValue x)
    {
        var (shifted, r) = Reduce(x, x, InverseLn2);
        var power = Power(r, writer.Add(r, Number(1)));

        // The exponent is added as an integer: 2¹²⁸ as a factor would overflow where the product does not.
        var result = writer.Bits(writer.Add(writer.Bits(power), writer.ShiftLeft(writer.Bits(shifted), ExponentShift)));
        var inRange = writer.CompareFloats(PtxComparison.LessOrEqual, x, Number(LargestExpArgument));
        result = writer.Select(inRange, result, writer.Add(x, Number(float.PositiveInfinity)));
        return writer.Select(writer.CompareFloats(PtxComparison.Less, x, Number(SmallestExpArgument)), Number(0), result);
    }

    /// <summary>eˣ − 1, exact near 0; keeps the sign of zero; +∞ above 88.72.</summary>
    public PtxValue Expm1(PtxValue x)
    {
        var clamped = Clamp(x, SmallestExpm1Argument, LargestExpm1Argument);
        var (shifted, r) = Reduce(clamped, clamped, InverseLn2);
        var power = Power(r, r);

        // 2·(2ⁿ⁻¹·(eʳ − 1) + 2ⁿ⁻¹ − ½): the half keeps 2ⁿ finite for n = 128.
        var half = writer.Bits(writer.ShiftLeft(writer.Add(writer.Bits(shifted), ExponentBias - 1), ExponentShift));
        var result = Fma(half, power, writer.Subtract(half, Number(0.5f)));
        return WithSign(writer.Add(result, result), x);
    }

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    public PtxValue Log(PtxValue x)
    {
        var tiny = writer.CompareFloats(PtxComparison.Less, x, Number(SmallestNormal));
        var bits = writer.Bits(writer.Select(tiny, writer.Multiply(x, Number(SubnormalScale)), x));
        var exponent = writer.And(writer.Subtract(bits, TwoThirdsBits), ExponentMask);
        var f = writer.Subtract(writer.Bits(writer.Subtract(bits, exponent)), Number(1));
        var n = Exponent(exponent);
        n = writer.Select(tiny, writer.Subtract(n, Number(SubnormalExponent)), n);
        return Edges(Fma(n, Number(Ln2), LogPolynomial(f)), x, 0);
    }

    /// <summary>log(1 + x), exact near 0; keeps the sign of zero; −∞ at -1, NaN below.</summary>
    public PtxValue Log1p(PtxValue x)
    {
        // 1 + x = 2ᵉ·(1 + f). The rounded sum only chooses e; f = x·2⁻ᵉ + (2⁻ᵉ − 1) is formed from x itself.
        var sum = writer.Add(x, Number(1));
        var exponent = writer.And(writer.Subtract(writer.Bits(sum), TwoThirdsBits), ExponentMask);

        // 4·2⁻ᵉ instead of 2⁻ᵉ, which is subnormal for the largest arguments.
        var scale = writer.Bits(writer.Subtract(BitsOfFour, exponent));
        var f = Fma(writer.Multiply(x, scale), Number(0.25f), Fma(scale, Number(0.25f), Number(-1)));
        return WithSign(Edges(Fma(Exponent(exponent), Number(Ln2), LogPolynomial(f)), x, -1), x);
    }

    /// <summary>The hyperbolic tangent; exactly ±1 from 9.02 on; keeps the sign of zero.</summary>
    public PtxValue Tanh(PtxValue x) => Rational(x, 9.02f, 0.110864766f, TanhNumerator, TanhDenominator);

    /// <summary>The error function 2/√π·∫₀ˣ exp(−t²) dt; exactly ±1 from 3.93 on; keeps the sign of zero.</summary>
    public PtxValue Erf(PtxValue x) => Rational(x, 3.93f, 0.254452914f, ErfNumerator, ErfDenominator);

    /// <summary>1 / (1 + e⁻ˣ); zero below -87.34, where the result would be subnormal.</summary>
    public PtxValue Sigmoid(PtxValue x)
    {
        var clamped = Clamp(x, -SigmoidSaturation, SigmoidSaturation);
        var (shifted, r) = Reduce(clamped, writer.Negate(clamped), -InverseLn2);
        var power = Power(r, writer.Add(r, Number(1)));
        var scale = writer.Bits(writer.ShiftLeft(writer.Add(writer.Bits(shifted), ExponentBias), ExponentShift));
        var result = writer.Divide(Number(1), Fma(power, scale, Number(1)));
        return writer.Select(writer.CompareFloats(PtxComparison.Less, x, Number(SmallestExpArgument)), Number(0), result);
    }

    // x·scale = n + r / ln 2 with a whole n, which the low bits of the first result are.
    private (PtxValue Shifted, PtxValue R) Reduce(PtxValue x, PtxValue from, float scale)
    {
        var shifted = Fma(x, Number(scale), Number(RoundingShift));
        var n = writer.Subtract(shifted, Number(RoundingShift));
        return (shifted, Fma(n, Number(-Ln2Low), Fma(n, Number(-Ln2High), from)));
    }

    // What begins with a number or two, and eʳ from its square on: in two short chains.
    private PtxValue Power(PtxValue r, PtxValue begin)
    {
        var square = writer.Multiply(r, r);
        var low = Fma(Number(ExpTail[1]), r, Number(ExpTail[0]));
        var high = Fma(Number(ExpTail[4]), square, Fma(Number(ExpTail[3]), r, Number(ExpTail[2])));
        return Fma(Fma(high, square, low), square, begin);
    }

    // The odd and the even coefficients in two chains.
    private PtxValue LogPolynomial(PtxValue f)
    {
        var square = writer.Multiply(f, f);
        var cubic = Fma(Chain(1), f, Chain(0));
        return Fma(Fma(cubic, f, Number(-0.5f)), square, f);

        PtxValue Chain(int lowest) => Polynomial([.. LogTail.Where((_, i) => i % 2 == lowest)], square);
    }

    private PtxValue Rational(PtxValue x, float saturation, float slope, float[] numerator, float[] denominator)
    {
        var a = Clamp(x, -saturation, saturation);
        var square = writer.Multiply(a, a);
        var quotient = writer.Divide(writer.Multiply(a, Polynomial(numerator, square)), Polynomial(denominator, square));
        return Fma(Number(slope), a, quotient);
    }

    private PtxValue Polynomial(float[] coefficients, PtxValue x)
    {
        var last = coefficients.Length - 1;
        var value = Fma(Number(coefficients[last]), x, Number(coefficients[last - 1]));
        for (var i = last - 2; i >= 0; i--)
        {
            value = Fma(value, x, Number(coefficients[i]));
        }

        return value;
    }

    // NaN comes through.
    private PtxValue Clamp(PtxValue x, float low, float high) => writer.Minimum(Number(high), writer.Maximum(Number(low), x));

    // The exponent lies in the upper bits: a multiple of 2²³, so that both steps are exact.
    private PtxValue Exponent(PtxValue bits) => writer.Multiply(writer.SignedToFloat(bits), Number(1f / (1 << ExponentShift)));

    private PtxValue Edges(PtxValue result, PtxValue x, float pole)
    {
        result = writer.Select(writer.CompareFloats(PtxComparison.Less, x, Number(float.PositiveInfinity)), result, x);
        result = writer.Select(writer.CompareFloats(PtxComparison.Less, x, Number(pole)), Number(float.NaN), result);
        return writer.Select(writer.CompareFloats(PtxComparison.Equal, x, Number(pole)), Number(float.NegativeInfinity), result);
    }

    private PtxValue WithSign(PtxValue value, PtxValue x) => writer.Bits(writer.Or(writer.Bits(value), writer.And(writer.Bits(x), SignBit)));

    private PtxValue Fma(PtxValue a, PtxValue b, PtxValue c) => writer.FusedMultiplyAdd(a, b, c);

    private static PtxValue Number(float value) => PtxValue.Float(value);
}
