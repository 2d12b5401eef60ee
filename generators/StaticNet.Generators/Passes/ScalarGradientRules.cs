using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>The gradient of the argument: g · f′(x), where y is a cheap expression for f(x).</summary>
internal delegate ScalarExpression UnaryGradient(ScalarExpression x, ScalarExpression y, ScalarExpression g);

/// <summary>The gradients of both arguments.</summary>
internal delegate (ScalarExpression? Left, ScalarExpression? Right) BinaryGradient(
    ScalarExpression a, ScalarExpression b, ScalarExpression y, ScalarExpression g);

/// <summary>
/// The derivative of each scalar function, as data. Functions without an entry are piecewise constant. Derivatives at kinks are
/// PyTorch's: abs′(0) = 0; a maximum or minimum with a literal (relu, hardtanh, relu6) has derivative 0 where it touches the literal; of
/// two variable arguments that are equal each gets half.
/// </summary>
internal sealed partial record ScalarGradientRules(
    IReadOnlyDictionary<UnaryFunction, UnaryGradient> Unary, IReadOnlyDictionary<BinaryFunction, BinaryGradient> Binary)
{
    public static readonly ScalarGradientRules Default = new(
        new Dictionary<UnaryFunction, UnaryGradient>
        {
            [UnaryFunction.Negate] = (x, y, g) => -g,
            [UnaryFunction.Abs] = (x, y, g) => g * new Unary(UnaryFunction.Sign, x),
            [UnaryFunction.Sqrt] = (x, y, g) => g * 0.5 / y,
            [UnaryFunction.Exp] = (x, y, g) => g * y,
            [UnaryFunction.Expm1] = (x, y, g) => g * (y + 1),
            [UnaryFunction.Log] = (x, y, g) => g / x,
            [UnaryFunction.Log1p] = (x, y, g) => g / (x + 1),
            [UnaryFunction.Tanh] = (x, y, g) => g * (1 - (y * y)),
            [UnaryFunction.Sigmoid] = (x, y, g) => g * (y * (1 - y)),
            [UnaryFunction.Erf] = (x, y, g) => g * (new Unary(UnaryFunction.Exp, -(x * x)) * (2 / Math.Sqrt(Math.PI))),
        },
        new Dictionary<BinaryFunction, BinaryGradient>
        {
            [BinaryFunction.Add] = (a, b, y, g) => (g, g),
            [BinaryFunction.Subtract] = (a, b, y, g) => (g, -g),
            [BinaryFunction.Multiply] = (a, b, y, g) => (g * b, g * a),
            [BinaryFunction.Divide] = (a, b, y, g) => b is Literal divisor ? (g * (1 / divisor.Value), null) : (g / b, -(g * y / b)),
            [BinaryFunction.Maximum] = (a, b, y, g) => Extremum(Comparison.Greater, Comparison.Less, a, b, y, g),
            [BinaryFunction.Minimum] = (a, b, y, g) => Extremum(Comparison.Less, Comparison.Greater, a, b, y, g),
        });

    /// <summary>Between variables a NaN passes the gradient on to both.</summary>
    private static (ScalarExpression? Left, ScalarExpression? Right) Extremum(
        Comparison wins, Comparison loses, ScalarExpression a, ScalarExpression b, ScalarExpression y, ScalarExpression g)
    {
        return (a, b) switch
        {
            (_, Literal) => (new Select(wins, y, b, g, 0), null),
            (Literal, _) => (null, new Select(wins, y, a, g, 0)),
            _ => (Share(a, b), Share(b, a)),
        };

        Select Share(ScalarExpression own, ScalarExpression other) =>
            new(loses, own, other, 0, new Select(Comparison.Equal, own, other, g * 0.5, g));
    }
}
