using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Writes the body of a map for one element; equal parts of it are computed once.</summary>
internal sealed class PtxExpression(PtxWriter writer)
{
    private readonly PtxFunctions _functions = new(writer);

    /// <param name="body">What to compute.</param>
    /// <param name="operands">The element of each operand.</param>
    /// <param name="index">The element's index along an axis, as a float.</param>
    public PtxValue Write(ScalarExpression body, IReadOnlyList<PtxValue> operands, Func<int, PtxValue> index)
    {
        var known = new Dictionary<ScalarExpression, PtxValue>();
        return Visit(body);

        PtxValue Visit(ScalarExpression expression)
        {
            if (!known.TryGetValue(expression, out var value))
            {
                known[expression] = value = expression switch
                {
                    Operand operand => operands[operand.Position],
                    Literal literal => PtxValue.Float(literal.Value),
                    IndexOf position => index(position.Axis),
                    Unary unary => Apply(unary.Function, Visit(unary.Argument)),
                    Binary binary => Apply(binary.Function, Visit(binary.Left), Visit(binary.Right)),
                    Select select => writer.Select(
                        writer.CompareFloats(Comparison(select.Comparison), Visit(select.Left), Visit(select.Right)), Visit(select.Then), Visit(select.Else)),
                    _ => throw new NotSupportedException($"No instructions for {expression}."),
                };
            }

            return value;
        }
    }

    private PtxValue Apply(UnaryFunction function, PtxValue x) => function switch
    {
        UnaryFunction.Negate => writer.Negate(x),
        UnaryFunction.Abs => writer.Absolute(x),
        UnaryFunction.Sign => Sign(x),
        UnaryFunction.Sqrt => writer.SquareRoot(x),
        UnaryFunction.Exp => _functions.Exp(x),
        UnaryFunction.Expm1 => _functions.Expm1(x),
        UnaryFunction.Log => _functions.Log(x),
        UnaryFunction.Log1p => _functions.Log1p(x),
        UnaryFunction.Tanh => _functions.Tanh(x),
        UnaryFunction.Sigmoid => _functions.Sigmoid(x),
        UnaryFunction.Erf => _functions.Erf(x),
        UnaryFunction.ToFloat => x, // Operands are floats from when they are read.
        _ => throw new NotSupportedException($"No instructions for {function}."),
    };

    private PtxValue Apply(BinaryFunction function, PtxValue a, PtxValue b) => function switch
    {
        BinaryFunction.Add => writer.Add(a, b),
        BinaryFunction.Subtract => writer.Subtract(a, b),
        BinaryFunction.Multiply => writer.Multiply(a, b),
        BinaryFunction.Divide => writer.Divide(a, b),
        BinaryFunction.Maximum => writer.Maximum(a, b),
        BinaryFunction.Minimum => writer.Minimum(a, b),
        _ => throw new NotSupportedException($"No instructions for {function}."),
    };

    // Zeros and NaN are their own sign.
    private PtxValue Sign(PtxValue x)
    {
        var zero = PtxValue.Float(0);
        var negative = writer.Select(writer.CompareFloats(PtxComparison.Less, x, zero), PtxValue.Float(-1), x);
        return writer.Select(writer.CompareFloats(PtxComparison.Greater, x, zero), PtxValue.Float(1), negative);
    }

    private static PtxComparison Comparison(Comparison comparison) => comparison switch
    {
        IR.Comparison.Less => PtxComparison.Less,
        IR.Comparison.LessOrEqual => PtxComparison.LessOrEqual,
        IR.Comparison.Equal => PtxComparison.Equal,
        IR.Comparison.Greater => PtxComparison.Greater,
        _ => PtxComparison.GreaterOrEqual,
    };
}
