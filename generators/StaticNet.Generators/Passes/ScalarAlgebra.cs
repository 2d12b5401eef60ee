using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Identities of scalar expressions that keep every bit of the value, NaN, infinities and the sign of zero included: x·0 and x + 0
/// stay. Only arithmetic that IEEE 754 defines exactly is done on literals, so that what is generated is the same on every machine.
/// </summary>
internal static class ScalarAlgebra
{
    /// <summary>The expression with every identity applied, from the leaves up.</summary>
    public static ScalarExpression Simplify(ScalarExpression expression) => expression switch
    {
        Unary unary => Apply(unary.Function, Simplify(unary.Argument)),
        Binary binary => Apply(binary.Function, Simplify(binary.Left), Simplify(binary.Right)),
        Select select => Choose(
            select.Comparison, Simplify(select.Left), Simplify(select.Right), Simplify(select.Then), Simplify(select.Else)),
        _ => expression,
    };

    public static ScalarExpression Apply(UnaryFunction function, ScalarExpression x) => (function, x) switch
    {
        (UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Sign or UnaryFunction.Sqrt, Literal literal) =>
            ScalarFunctions.Evaluate(function, literal.Value),
        (UnaryFunction.Negate, Unary { Function: UnaryFunction.Negate } inner) => inner.Argument,
        (UnaryFunction.Negate, Binary { Function: BinaryFunction.Multiply, Right: Literal factor } product) =>
            Apply(BinaryFunction.Multiply, product.Left, -factor.Value),
        (UnaryFunction.Abs, Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs } inner) => Apply(UnaryFunction.Abs, inner.Argument),
        (UnaryFunction.ToFloat, IndexOf or Literal) => x,
        _ => new Unary(function, x),
    };

    public static ScalarExpression Apply(BinaryFunction function, ScalarExpression a, ScalarExpression b)
    {
        if (a is Literal left && b is Literal right)
        {
            return ScalarFunctions.Evaluate(function, left.Value, right.Value);
        }

        return function switch
        {
            BinaryFunction.Add => Sum(a, b),
            BinaryFunction.Subtract => Difference(a, b),
            BinaryFunction.Multiply => Product(a, b),
            BinaryFunction.Divide => Quotient(a, b),
            _ => new Binary(function, a, b),
        };
    }

    public static ScalarExpression Choose(
        Comparison comparison, ScalarExpression a, ScalarExpression b, ScalarExpression then, ScalarExpression otherwise)
    {
        if (a is Literal left && b is Literal right)
        {
            return ScalarFunctions.Holds(comparison, left.Value, right.Value) ? then : otherwise;
        }

        if (then == otherwise)
        {
            return then;
        }

        // max(x, c) > c exactly when x > c, and min(x, c) < c exactly when x < c: with NaN both sides are false.
        return (comparison, a) switch
        {
            (Comparison.Greater, Binary { Function: BinaryFunction.Maximum, Right: Literal } max) when max.Right == b =>
                new Select(comparison, max.Left, b, then, otherwise),
            (Comparison.Less, Binary { Function: BinaryFunction.Minimum, Right: Literal } min) when min.Right == b =>
                new Select(comparison, min.Left, b, then, otherwise),
            _ => new Select(comparison, a, b, then, otherwise),
        };
    }

    private static ScalarExpression Sum(ScalarExpression a, ScalarExpression b) =>
        a == b ? Product(a, 2)
        : b is Unary { Function: UnaryFunction.Negate } negatedRight ? Difference(a, negatedRight.Argument)
        : a is Unary { Function: UnaryFunction.Negate } negatedLeft ? Difference(b, negatedLeft.Argument)
        : a + b;

    private static ScalarExpression Difference(ScalarExpression a, ScalarExpression b) =>
        b is Literal { Value: 0 } zero && !IsNegativeZero(zero.Value) ? a
        : b is Unary { Function: UnaryFunction.Negate } negated ? Sum(a, negated.Argument)
        : a - b;

    /// <summary>A literal factor stands on the right; a power of two moves out of the product, to where another one may cancel it.</summary>
    private static ScalarExpression Product(ScalarExpression a, ScalarExpression b) => (a, b) switch
    {
        (Literal, _) => Product(b, a),
        (_, Literal { Value: 1 }) => a,
        (_, Literal { Value: -1 }) => Apply(UnaryFunction.Negate, a),
        (Unary { Function: UnaryFunction.Negate } negated, Literal factor) => Product(negated.Argument, -factor.Value),
        (Binary { Function: BinaryFunction.Multiply, Right: Literal first } product, Literal second)
            when IsPowerOfTwo(first.Value) || IsPowerOfTwo(second.Value) => Product(product.Left, first.Value * second.Value),
        (Binary { Function: BinaryFunction.Multiply, Right: Literal factor } product, _)
            when IsPowerOfTwo(factor.Value) => Product(Product(product.Left, b), factor),
        (_, Binary { Function: BinaryFunction.Multiply, Right: Literal factor } product)
            when IsPowerOfTwo(factor.Value) => Product(Product(a, product.Left), factor),
        (Unary { Function: UnaryFunction.Negate } x, Unary { Function: UnaryFunction.Negate } y) => Product(x.Argument, y.Argument),
        (Unary { Function: UnaryFunction.Negate } x, _) => Apply(UnaryFunction.Negate, Product(x.Argument, b)),
        (_, Unary { Function: UnaryFunction.Negate } y) => Apply(UnaryFunction.Negate, Product(a, y.Argument)),
        _ => a * b,
    };

    private static ScalarExpression Quotient(ScalarExpression a, ScalarExpression b) => (a, b) switch
    {
        (_, Literal divisor) when IsPowerOfTwo(divisor.Value) => Product(a, 1 / divisor.Value),
        (Unary { Function: UnaryFunction.Negate } x, _) => Apply(UnaryFunction.Negate, Quotient(x.Argument, b)),
        _ => a / b,
    };

    private static bool IsNegativeZero(double value) => value == 0 && double.IsNegativeInfinity(1 / value);

    /// <summary>A factor by which multiplying is exact, of a size that neither overflows nor underflows numbers of interest.</summary>
    private static bool IsPowerOfTwo(double value) =>
        Math.Abs(value) is >= 1.0 / (1 << 30) and <= 1 << 30 && (BitConverter.DoubleToInt64Bits(value) & 0xFFFFFFFFFFFFF) == 0;
}
