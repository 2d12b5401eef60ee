using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

internal sealed partial record GradientRules
{
    /// <summary>
    /// The derivative of the body times the gradient, summed along the axes that the operand repeats along. What does not vary along
    /// those axes is applied to the sum: the softmax divides once a row, not once an element.
    /// </summary>
    private static Node? Map(GradientBuilder builder, Node node, Node gradient, int position)
    {
        IReadOnlyList<Node> operands = [.. node.Operands, gradient, node];
        var (g, y) = (new Operand(operands.Count - 2), new Operand(operands.Count - 1));
        var body = builder.Rules.Scalars.Pull(ScalarAlgebra.Simplify(((MapOperation)node.Operation).Body), position, value: y, gradient: g);
        if (body is null)
        {
            return null;
        }

        var shape = node.Operands[position].Shape;
        var (summed, factors) = shape == node.Shape ? (body, x => x) : Split(body, part => IsConstantAlong(part, operands, shape));
        var sum = builder.SumTo(shape, builder.Map(summed, operands, node.Shape), node.Shape);
        return builder.Map(factors(new Operand(operands.Count)), [.. operands, sum], shape);
    }

    /// <summary>An expression as a function, linear, of a smaller one: the factors and divisors that satisfy a condition move outside.</summary>
    private static (ScalarExpression Inner, Func<ScalarExpression, ScalarExpression> Outer) Split(
        ScalarExpression expression, Func<ScalarExpression, bool> mayMove)
    {
        switch (expression)
        {
            case Unary { Function: UnaryFunction.Negate } negate:
                return Through(negate.Argument, x => -x);
            case Binary { Function: BinaryFunction.Multiply } product when mayMove(product.Right):
                return Through(product.Left, x => x * product.Right);
            case Binary { Function: BinaryFunction.Multiply } product when mayMove(product.Left):
                return Through(product.Right, x => product.Left * x);
            case Binary { Function: BinaryFunction.Divide } quotient when mayMove(quotient.Right):
                return Through(quotient.Left, x => x / quotient.Right);
            default:
                return (expression, x => x);
        }

        (ScalarExpression, Func<ScalarExpression, ScalarExpression>) Through(ScalarExpression part, Func<ScalarExpression, ScalarExpression> last)
        {
            var (inner, outer) = Split(part, mayMove);
            return (inner, x => last(outer(x)));
        }
    }

    private static bool IsConstantAlong(ScalarExpression expression, IReadOnlyList<Node> operands, TensorShape shape) => expression switch
    {
        Operand operand => GraphBuilder.Broadcast(operands[operand.Position].Shape, shape) == shape,
        IndexOf => false,
        _ => expression.Children.All(child => IsConstantAlong(child, operands, shape)),
    };
}
