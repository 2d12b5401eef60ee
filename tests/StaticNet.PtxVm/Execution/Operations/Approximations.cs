namespace StaticNet.PtxVm.Execution.Operations;

/// <summary>A function that the device computes in its special function unit, and how far off the PTX manual lets it be.</summary>
internal interface IApproximate
{
    /// <summary>The largest relative error, or where <see cref="IsAbsolute"/> the largest absolute one.</summary>
    static abstract double Error { get; }

    static virtual bool IsAbsolute => false;

    static abstract double Exact(double x);
}

/// <summary>
/// An approximation with an error as a device may have: drawn from the operand's bits within the bound, so that tests do not pass by
/// being more exact than any device.
/// </summary>
[FloatingPoint]
internal readonly struct Approximation<T> : IUnary<float, float>
    where T : IApproximate
{
    public static float Invoke(float a)
    {
        var exact = T.Exact(a);
        if (a == 0 || exact == 0 || !double.IsFinite(exact))
            return (float)exact;

        var error = T.Error * ApproximationError.Draw(BitConverter.SingleToUInt32Bits(a));
        return (float)(T.IsAbsolute ? exact + error : exact * (1 + error));
    }
}

/// <summary><c>div.approx</c> and <c>div.full</c>: two units in the last place.</summary>
[FloatingPoint]
internal readonly struct ApproximateDivision : IBinary<float, float, float>
{
    public static float Invoke(float a, float b)
    {
        var exact = (double)a / b;
        return (float)(double.IsFinite(exact) ? exact * (1 + (Math.ScaleB(1, -22) * ApproximationError.Draw(BitConverter.SingleToUInt32Bits(b)))) : exact);
    }
}

internal static class ApproximationError
{
    /// <summary>Returns a number in [-1, 1] that only the bits decide.</summary>
    public static double Draw(uint bits)
    {
        var mixed = (bits ^ (bits >> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >> 13)) * 0xC2B2AE35;
        return ((mixed ^ (mixed >> 16)) / (double)uint.MaxValue * 2) - 1;
    }
}

internal readonly struct ApproximateReciprocal : IApproximate
{
    public static double Error => Math.ScaleB(1, -23);

    public static double Exact(double x) => 1 / x;
}

internal readonly struct ApproximateSquareRoot : IApproximate
{
    public static double Error => Math.ScaleB(1, -23);

    public static double Exact(double x) => Math.Sqrt(x);
}

internal readonly struct ApproximateReciprocalSquareRoot : IApproximate
{
    public static double Error => Math.ScaleB(1, -22);

    public static double Exact(double x) => 1 / Math.Sqrt(x);
}

internal readonly struct ApproximateExp2 : IApproximate
{
    public static double Error => Math.ScaleB(1, -22);

    public static double Exact(double x) => double.Exp2(x);
}

internal readonly struct ApproximateLog2 : IApproximate
{
    public static double Error => Math.ScaleB(1, -22);

    public static bool IsAbsolute => true;

    public static double Exact(double x) => Math.Log2(x);
}

internal readonly struct ApproximateSine : IApproximate
{
    public static double Error => Math.ScaleB(1, -20);

    public static bool IsAbsolute => true;

    public static double Exact(double x) => Math.Sin(x);
}

internal readonly struct ApproximateCosine : IApproximate
{
    public static double Error => Math.ScaleB(1, -20);

    public static bool IsAbsolute => true;

    public static double Exact(double x) => Math.Cos(x);
}

internal readonly struct ApproximateTanh : IApproximate
{
    public static double Error => Math.ScaleB(1, -11);

    public static double Exact(double x) => Math.Tanh(x);
}
