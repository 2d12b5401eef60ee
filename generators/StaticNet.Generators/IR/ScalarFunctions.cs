namespace StaticNet.Generators.IR;

/// <summary>The functions of scalar expressions in double precision.</summary>
internal static class ScalarFunctions
{
    /// <summary>The value of an expression for one element.</summary>
    /// <param name="expression">The body of a map.</param>
    /// <param name="operands">The element of each operand.</param>
    /// <param name="index">The index of the element in the map's shape.</param>
    public static double Evaluate(ScalarExpression expression, double[] operands, int[] index) => expression switch
    {
        Operand operand => operands[operand.Position],
        Literal literal => literal.Value,
        IndexOf axis => index[axis.Axis],
        Unary unary => Evaluate(unary.Function, Evaluate(unary.Argument, operands, index)),
        Binary binary => Evaluate(binary.Function, Evaluate(binary.Left, operands, index), Evaluate(binary.Right, operands, index)),
        Select select => Evaluate(
            Holds(select.Comparison, Evaluate(select.Left, operands, index), Evaluate(select.Right, operands, index))
                ? select.Then
                : select.Else,
            operands, index),
        _ => throw new InvalidOperationException($"no known expression: {expression}"),
    };

    public static double Evaluate(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Abs => Math.Abs(x),
        UnaryFunction.Sign => double.IsNaN(x) || x == 0 ? x : Math.Sign(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Expm1 => Expm1(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Log1p => Log1p(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        UnaryFunction.Erf => Erf(x),
        UnaryFunction.ToFloat => x,
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    /// <summary>Maximum and minimum give NaN when either argument is NaN.</summary>
    public static double Evaluate(BinaryFunction function, double a, double b) => function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Divide => a / b,
        BinaryFunction.Maximum => Math.Max(a, b),
        BinaryFunction.Minimum => Math.Min(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    public static bool Holds(Comparison comparison, double a, double b) => comparison switch
    {
        Comparison.Less => a < b,
        Comparison.LessOrEqual => a <= b,
        Comparison.Equal => a == b,
        Comparison.Greater => a > b,
        Comparison.GreaterOrEqual => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    /// <summary>Kahan's correction: the rounding of eˣ cancels against the logarithm of the rounded value.</summary>
    private static double Expm1(double x)
    {
        var exp = Math.Exp(x);
        return exp == 1 ? x
            : exp - 1 == -1 ? -1
            : double.IsInfinity(exp) ? exp
            : (exp - 1) * x / Math.Log(exp);
    }

    /// <summary>The same correction for log(1 + x).</summary>
    private static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x
            : double.IsInfinity(sum) || sum <= 0 ? Math.Log(sum)
            : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>erf x = 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · … · (2n + 1)): all terms have one sign (Abramowitz and Stegun 7.1.6).</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
