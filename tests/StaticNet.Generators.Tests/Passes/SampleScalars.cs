using StaticNet.Generators.IR;
using static StaticNet.Generators.IR.UnaryFunction;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Bodies of maps of one operand: every scalar function and every activation.</summary>
internal static class SampleScalars
{
    private static readonly ScalarExpression X = new Operand(0);

    public static readonly IReadOnlyDictionary<string, ScalarExpression> All = new Dictionary<string, ScalarExpression>
    {
        ["negate"] = -X,
        ["abs"] = Of(Abs, X),
        ["sign"] = Of(Sign, X) * X,
        ["sqrt"] = Of(Sqrt, (X * X) + 1),
        ["exp"] = Of(Exp, X),
        ["exp within"] = Of(Exp, X) * X,
        ["scaled exp"] = 3 * Of(Exp, X * -1),
        ["expm1"] = Of(Expm1, X),
        ["expm1 within"] = Of(Expm1, X) * X,
        ["log"] = Of(Log, (X * X) + 1),
        ["log1p"] = Of(Log1p, X * X),
        ["tanh"] = Of(Tanh, X),
        ["tanh within"] = X + Of(Tanh, X * 2),
        ["sigmoid"] = Of(Sigmoid, X),
        ["erf"] = Of(Erf, X),
        ["maximum"] = new Binary(BinaryFunction.Maximum, X, (X * 0.5) + 0.3),
        ["minimum"] = new Binary(BinaryFunction.Minimum, X * X, X + 1),
        ["relu"] = new Binary(BinaryFunction.Maximum, X, 0),
        ["relu, literal first"] = new Binary(BinaryFunction.Maximum, 0, X),
        ["relu6"] = new Binary(BinaryFunction.Minimum, new Binary(BinaryFunction.Maximum, X, 0), 6),
        ["square root of relu"] = Of(Sqrt, new Binary(BinaryFunction.Maximum, X, 0)),
        ["quotient"] = X / ((X * X) + 2),
        ["leaky relu"] = Positive(X, 0.01 * X),
        ["elu"] = Positive(X, 0.7 * Of(Expm1, X)),
        ["selu"] = 1.0507 * Positive(X, 1.6733 * Of(Expm1, X)),
        ["gelu"] = X * 0.5 * (1 + Of(Erf, X * Math.Sqrt(0.5))),
        ["gelu by tanh"] = 0.5 * X * (1 + Of(Tanh, Math.Sqrt(2 / Math.PI) * (X + (0.044715 * X * X * X)))),
        ["silu"] = X * Of(Sigmoid, X),
        ["softplus"] = NetworkBuilder.Softplus(X),
        ["hard sigmoid"] = new Binary(BinaryFunction.Minimum, new Binary(BinaryFunction.Maximum, (X / 6) + 0.5, 0), 1),
        ["reversed choice"] = new Select(Comparison.Less, X, 0, -X, X * X),
        ["choice by another function"] = new Select(Comparison.GreaterOrEqual, X * X, 1, X * X * X, 1),
        ["choice with a constant branch"] = Of(Exp, Positive(X, 0)),
    };

    public static ScalarExpression Positive(ScalarExpression then, ScalarExpression otherwise) =>
        new Select(Comparison.Greater, X, 0, then, otherwise);

    public static ScalarExpression Of(UnaryFunction function, ScalarExpression x) => new Unary(function, x);
}
