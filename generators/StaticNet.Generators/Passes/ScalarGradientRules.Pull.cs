using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

internal sealed partial record ScalarGradientRules
{
    private static readonly ScalarExpression Zero = 0;

    /// <summary>
    /// The gradient of one operand of an expression, from the gradient of the expression: reverse mode, so that every form stays a product
    /// that starts with the gradient. Null when the expression does not depend on the operand.
    /// </summary>
    /// <param name="expression">The function, simplified.</param>
    /// <param name="position">The operand.</param>
    /// <param name="value">
    /// Something that already holds the expression's value, or the expression itself. With the former, tanh′ = 1 − y² and its like cost
    /// nothing, and the argument need not be kept.
    /// </param>
    /// <param name="gradient">The gradient of the expression.</param>
    public ScalarExpression? Pull(ScalarExpression expression, int position, ScalarExpression value, ScalarExpression gradient)
    {
        // Where a branch gives nothing, nothing is multiplied: 0 · ∞ does not arise on the side that was not taken.
        if (gradient is Select branch && (branch.Then == Zero || branch.Else == Zero))
        {
            return Either(branch, Part(branch.Then), Part(branch.Else));
        }

        var own = value == expression;
        if (!own)
        {
            // c · eᵘ and c · (eᵘ − 1) differ from their derivatives by a constant: elu and selu need their value only.
            switch (Factored(expression))
            {
                case (Unary { Function: UnaryFunction.Exp, Argument: var u }, _):
                    return Pull(u, position, u, Multiply(gradient, value));
                case (Unary { Function: UnaryFunction.Expm1, Argument: var u }, var factor):
                    return Pull(u, position, u, Multiply(gradient, value + factor));
                case (Select choice, not 1 and var factor):
                    return Pull(
                        choice with { Then = Multiply(choice.Then, factor), Else = Multiply(choice.Else, factor) }, position, value, gradient);
            }
        }

        switch (expression)
        {
            case Operand operand:
                return operand.Position == position ? gradient : null;

            // log(1 + eˣ) has the derivative sigmoid(x), which neither overflows nor divides.
            case Unary { Function: UnaryFunction.Log1p, Argument: Unary { Function: UnaryFunction.Exp, Argument: var x } }:
                return Pull(x, position, x, Multiply(gradient, new Unary(UnaryFunction.Sigmoid, x)));
            case Unary unary:
                return Unary.TryGetValue(unary.Function, out var one)
                    ? Pull(unary.Argument, position, unary.Argument, Collected(one(unary.Argument, value, gradient)))
                    : null;
            case Binary binary:
                // Where a bounded argument passes, the value is the argument: relu6 and hard sigmoid do not need it either.
                var (left, right) = Binary[binary.Function](binary.Left, binary.Right, value, gradient);
                var bounds = !own
                    && (binary.Function is BinaryFunction.Maximum or BinaryFunction.Minimum)
                    && (binary.Left is Literal || binary.Right is Literal);
                return Total(PullFrom(binary.Left, left), PullFrom(binary.Right, right));

                ScalarExpression? PullFrom(ScalarExpression child, ScalarExpression? its) =>
                    its is null ? null : Pull(child, position, bounds ? value : child, Collected(its));
            case Select select:
                return Either(
                    own ? select : ReadSign(select, value),
                    Pull(select.Then, position, own ? select.Then : value, gradient),
                    Pull(select.Else, position, own ? select.Else : value, gradient));
            default:
                return null;
        }

        ScalarExpression? Part(ScalarExpression side) => side == Zero ? null : Pull(expression, position, value, side);
    }

    /// <summary>An expression without its literal factors, and their product.</summary>
    private static (ScalarExpression Core, double Factor) Factored(ScalarExpression expression)
    {
        switch (expression)
        {
            case Unary { Function: UnaryFunction.Negate, Argument: var x }:
                var (positive, sign) = Factored(x);
                return (positive, -sign);
            case Binary { Function: BinaryFunction.Multiply, Left: var x, Right: Literal factor }:
                var (core, rest) = Factored(x);
                return (core, rest * factor.Value);
            case Binary { Function: BinaryFunction.Multiply or BinaryFunction.Divide } product:
                var (left, leftFactor) = Factored(product.Left);
                var (right, rightFactor) = Factored(product.Right);
                return product.Function == BinaryFunction.Multiply
                    ? (left * right, leftFactor * rightFactor)
                    : (left / product.Right, leftFactor);
            default:
                return (expression, 1);
        }
    }

    /// <summary>The same number with its literal factors as one, outside: the mean's 1/n and the square's 2 meet there.</summary>
    private static ScalarExpression Collected(ScalarExpression expression)
    {
        var (core, factor) = Factored(ScalarAlgebra.Simplify(expression));
        return Multiply(core, factor);
    }

    /// <summary>
    /// Where both branches of a choice by the sign of u have the sign of u (elu, selu, leaky relu), the value tells the branch as well, and
    /// u need not be kept.
    /// </summary>
    private static Select ReadSign(Select select, ScalarExpression value)
    {
        return select.Right == Zero && KeepsSign(select.Then) && KeepsSign(select.Else) ? select with { Left = value } : select;

        bool KeepsSign(ScalarExpression branch) => Factored(branch) switch
        {
            (_, <= 0 or double.NaN) => false,
            (Unary { Function: UnaryFunction.Expm1 or UnaryFunction.Tanh or UnaryFunction.Erf } odd, _) => KeepsSign(odd.Argument),
            var (core, _) => core == select.Left,
        };
    }

    private static ScalarExpression? Either(Select select, ScalarExpression? then, ScalarExpression? otherwise) =>
        then is null && otherwise is null
            ? null
            : ScalarAlgebra.Choose(select.Comparison, select.Left, select.Right, then ?? Zero, otherwise ?? Zero);

    private static ScalarExpression? Total(ScalarExpression? left, ScalarExpression? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        // g − g · sigmoid(−x) = g · sigmoid(x): softplus from either side of zero has one derivative.
        return right is Unary { Function: UnaryFunction.Negate, Argument: Binary { Function: BinaryFunction.Multiply } part }
            && part.Left == left
            && part.Right is Unary { Function: UnaryFunction.Sigmoid, Argument: Unary { Function: UnaryFunction.Negate, Argument: var x } }
            ? Multiply(left, new Unary(UnaryFunction.Sigmoid, x))
            : ScalarAlgebra.Apply(BinaryFunction.Add, left, right);
    }

    private static ScalarExpression Multiply(ScalarExpression a, ScalarExpression b) => ScalarAlgebra.Apply(BinaryFunction.Multiply, a, b);
}
