using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

public class ScalarAlgebraTests
{
    private static readonly ScalarExpression A = new Operand(0);
    private static readonly ScalarExpression B = new Operand(1);

    private static readonly (ScalarExpression Expression, string Simplified)[] Cases =
    [
        (A * 1, "a"), (1 * A, "a"), (A * -1, "-a"), (A / 1, "a"), (A - 0, "a"), (-(-A), "a"),
        (A + (-B), "a - b"), (-A + B, "b - a"), (A - (-B), "a + b"), (A + A, "a * 2"), (-A + -A, "a * -2"),
        ((A * 0.1) * 2, "a * 0.2"), ((A * 2) * B * 0.5, "a * b"), (A * (B * 4), "(a * b) * 4"), (A / 4, "a * 0.25"),
        (-A * B, "-(a * b)"), (-A * -B, "a * b"), (-A / B, "-(a / b)"), (-(A * 3), "a * -3"),
        ((ScalarExpression)2 + 3, "5"), (new Unary(UnaryFunction.Sqrt, 9), "3"), (new Unary(UnaryFunction.Abs, -A), "abs(a)"),
        (new Unary(UnaryFunction.ToFloat, new IndexOf(1)), "i1"),
        (new Select(Comparison.Less, 1, 2, A, B), "a"), (new Select(Comparison.Less, 2, 1, A, B), "b"), (new Select(Comparison.Less, A, B, A, A), "a"),
        (new Select(Comparison.Greater, new Binary(BinaryFunction.Maximum, A, 3), 3, B, 0), "a > 3 ? b : 0"),
        (new Select(Comparison.Less, new Binary(BinaryFunction.Minimum, A, 3), 3, B, 0), "a < 3 ? b : 0"),
    ];

    /// <summary>Not the same bits for NaN, infinity, or a zero with a sign, or not the same on every machine.</summary>
    private static readonly ScalarExpression[] Kept =
    [
        A * 0, A + 0, A - A, A / A, 0 - A, A / 3, (A * 0.1) * 3, (A * 0.1) * B, new Unary(UnaryFunction.Exp, 1), new Unary(UnaryFunction.Tanh, 0.5),
        new Select(Comparison.GreaterOrEqual, new Binary(BinaryFunction.Maximum, A, 3), 3, B, 0),
    ];

    public static TheoryData<int> CaseNumbers => [.. Enumerable.Range(0, Cases.Length)];

    public static TheoryData<int> KeptNumbers => [.. Enumerable.Range(0, Kept.Length)];

    [Theory]
    [MemberData(nameof(CaseNumbers))]
    public void Simplifies_keeping_every_bit(int number)
    {
        var (expression, simplified) = Cases[number];
        var result = ScalarAlgebra.Simplify(expression);
        Assert.Equal(simplified, GraphText.Of(result));
        Assert.Equal(result, ScalarAlgebra.Simplify(result));

        double[] special = [0, -0.0, 1, -2.5, 1e-300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (var a in special)
        {
            foreach (var b in special)
            {
                var (expected, actual) = (Evaluate(expression, a, b), Evaluate(result, a, b));
                Assert.True(
                    BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual) || (double.IsNaN(expected) && double.IsNaN(actual)),
                    $"{GraphText.Of(expression)} is {expected:R}, {simplified} is {actual:R} at {a:R}, {b:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(KeptNumbers))]
    public void Keeps_what_is_not_the_same_bits(int number) => Assert.Equal(Kept[number], ScalarAlgebra.Simplify(Kept[number]));

    private static double Evaluate(ScalarExpression expression, double a, double b) => ScalarFunctions.Evaluate(expression, [a, b], [0, 1]);
}
