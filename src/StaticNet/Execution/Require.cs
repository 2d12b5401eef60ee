namespace StaticNet.Execution;

/// <summary>Checks of real-valued arguments; each gives the value back.</summary>
internal static class Require
{
    /// <summary>Finite and at least zero.</summary>
    public static double NonNegative(double value, string name) =>
        double.IsFinite(value) && value >= 0 ? value : throw Outside(value, name, "a finite number, zero or more");

    /// <summary>Finite and more than zero.</summary>
    public static double Positive(double value, string name) =>
        double.IsFinite(value) && value > 0 ? value : throw Outside(value, name, "a finite number above zero");

    /// <summary>Finite as a 32-bit float, too.</summary>
    public static float Finite(double value, string name) =>
        float.IsFinite((float)value) ? (float)value : throw Outside(value, name, "a finite number");

    /// <summary>From zero to one.</summary>
    public static double Probability(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw Outside(value, name, "from 0 to 1");

    /// <summary>At least zero and less than one.</summary>
    public static double Fraction(double value, string name) =>
        value is >= 0 and < 1 ? value : throw Outside(value, name, "at least 0 and less than 1");

    /// <summary>More than zero and at most one.</summary>
    public static double Factor(double value, string name) =>
        value is > 0 and <= 1 ? value : throw Outside(value, name, "more than 0 and at most 1");

    /// <summary>A positive number that is still one as a 32-bit float, where it keeps quotients of zeros from being NaN.</summary>
    public static double Epsilon(double value, string name) =>
        (float)value > 0 && float.IsFinite((float)value) ? value : throw Outside(value, name, "a finite number above 10⁻⁴⁵");

    /// <summary>At least one.</summary>
    public static int AtLeastOne(int value, string name) => AtLeast(1, value, name);

    /// <summary>At least so many.</summary>
    public static int AtLeast(int least, int value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");

    private static ArgumentOutOfRangeException Outside(double value, string name, string range) =>
        new(name, value, $"{name} must be {range}.");
}
