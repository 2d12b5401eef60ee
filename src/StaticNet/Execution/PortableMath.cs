namespace StaticNet.Execution;

/// <summary>
/// Functions of doubles by additions, multiplications and divisions alone: those round alike everywhere, which a platform's own
/// logarithm, power and cosine do not.
/// </summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309;

    /// <summary>
    /// The natural logarithm of a positive normal number: 2·artanh((m − 1) / (m + 1)) by its series, with m between √½ and √2.
    /// </summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var term = 23; term >= 1; term -= 2)
        {
            sum = (sum * square) + (1.0 / term);
        }

        return (exponent * Ln2) + (2 * s * sum);
    }

    /// <summary>A whole power, at least the zeroth, by squaring.</summary>
    public static double Power(double x, long exponent)
    {
        var power = 1.0;
        for (var square = x; exponent > 0; exponent >>= 1, square *= square)
        {
            if ((exponent & 1) != 0)
            {
                power *= square;
            }
        }

        return power;
    }

    /// <summary>cos(π·x); exact at whole and half x.</summary>
    public static double CosPi(double x)
    {
        var turn = Math.Abs(x) % 2;
        if (turn > 1)
        {
            turn = 2 - turn;
        }

        return turn switch
        {
            <= 0.25 => Alternating(1, 0, Math.PI * turn),
            <= 0.75 => Alternating(Math.PI * (0.5 - turn), 1, Math.PI * (0.5 - turn)),
            _ => -Alternating(1, 0, Math.PI * (1 - turn)),
        };
    }

    /// <summary>The Taylor series of a cosine or sine of at most π/4, from its first term and that term's power.</summary>
    private static double Alternating(double term, int power, double x)
    {
        var sum = term;
        for (; power < 20; power += 2)
        {
            term *= -(x * x) / ((power + 1) * (power + 2));
            sum += term;
        }

        return sum;
    }
}
