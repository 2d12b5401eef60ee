using System.Runtime.Intrinsics;
using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

/// <summary>An elementary function at its three widths beside its double precision reference.</summary>
public sealed record ElementaryFunction(
    double Bound,
    bool FlushesSubnormals,
    Func<double, double> Reference,
    Func<Vector512<float>, Vector512<float>> Wide,
    Func<Vector256<float>, Vector256<float>> Half,
    Func<Vector128<float>, Vector128<float>> Quarter)
{
    public static Dictionary<string, ElementaryFunction> All { get; } = new()
    {
        ["Exp"] = new(2, true, Math.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp),
        ["Expm1"] = new(2, false, Expm1, VectorMath.Expm1, VectorMath.Expm1, VectorMath.Expm1),
        ["Log"] = new(2, false, Math.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log),
        ["Log1p"] = new(2, false, Log1p, VectorMath.Log1p, VectorMath.Log1p, VectorMath.Log1p),
        ["Tanh"] = new(4, false, Math.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh),
        ["Sigmoid"] = new(4, true, x => 1 / (1 + Math.Exp(-x)), VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid),
        ["Erf"] = new(4, false, Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf),
    };

    /// <summary>Whether a·b + c is rounded once at 128 bits too: the low half of a product tells.</summary>
    public static bool FusesAtEveryWidth { get; } =
        Vector128.MultiplyAddEstimate(Vector128.Create(1f + 1e-6f), Vector128.Create(1f - 1e-6f), -Vector128<float>.One)[0]
        == MathF.FusedMultiplyAdd(1f + 1e-6f, 1f - 1e-6f, -1f);

    public float[] Evaluate(float[] x) =>
        Vector512.IsHardwareAccelerated ? Evaluate512(x) : Vector256.IsHardwareAccelerated ? Evaluate256(x) : Evaluate128(x);

    public float[] Evaluate512(float[] x)
    {
        var y = new float[16];
        Wide(Vector512.Create(x)).CopyTo(y);
        return y;
    }

    public float[] Evaluate256(float[] x)
    {
        var y = new float[16];
        for (var i = 0; i < 16; i += 8) Half(Vector256.Create(x, i)).CopyTo(y, i);
        return y;
    }

    public float[] Evaluate128(float[] x)
    {
        var y = new float[16];
        for (var i = 0; i < 16; i += 4) Quarter(Vector128.Create(x, i)).CopyTo(y, i);
        return y;
    }

    /// <summary>Distance of <paramref name="y"/> from the function's value, in units of the last place of a float there.</summary>
    public double UlpsOff(float x, float y)
    {
        var expected = Reference(x);
        if (double.IsNaN(expected)) return float.IsNaN(y) ? 0 : double.PositiveInfinity;
        if (FlushesSubnormals && Math.Abs(expected) < SmallestNormal) return y == 0 ? 0 : double.PositiveInfinity;
        if (float.IsInfinity((float)expected) || float.IsInfinity(y)) return (float)expected == y ? 0 : double.PositiveInfinity;
        if (float.IsNaN(y)) return double.PositiveInfinity;
        return Math.Abs(y - expected) / Math.ScaleB(1, Math.Max(Math.ILogB((float)expected), -126) - 23);
    }

    private const double SmallestNormal = 1.1754943508222875e-38;

    // Without cancellation near zero, unlike Math.Exp(x) - 1.
    private static double Expm1(double x) => Math.Abs(x) < 1 ? 2 * Math.Exp(x / 2) * Math.Sinh(x / 2) : Math.Exp(x) - 1;

    // Kahan: the rounding of 1 + x cancels in the quotient.
    private static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    // erf(x) = 2/√π·exp(-x²)·Σ 2ⁿ·x²ⁿ⁺¹ / (1·3·…·(2n+1)): no term is negative (Abramowitz and Stegun, 7.1.6).
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6) return Math.Sign(x);
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
