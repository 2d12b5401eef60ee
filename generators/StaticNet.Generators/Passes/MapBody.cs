using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>A scalar expression and the nodes its operands stand for, in their one form: each node once, in the order of first use.</summary>
internal readonly record struct MapBody(ScalarExpression Expression, IReadOnlyList<Node> Operands)
{
    /// <summary>
    /// Merges operands that are the same node, replaces constants by literals, drops operands that the expression does not use, and
    /// simplifies.
    /// </summary>
    public static MapBody Canonical(ScalarExpression expression, IReadOnlyList<Node> operands)
    {
        var simplified = ScalarAlgebra.Simplify(expression.Substitute(operand =>
            operands[operand.Position].Operation is ConstantOperation constant
                ? new Literal(constant.Value)
                : new Operand(FirstPosition(operands, operands[operand.Position]))));

        var used = new List<Node>();
        var renumbered = simplified.Substitute(operand =>
        {
            var node = operands[operand.Position];
            if (!used.Contains(node))
            {
                used.Add(node);
            }

            return new Operand(used.IndexOf(node));
        });
        return new MapBody(renumbered, used);
    }

    /// <summary>Whether the expression reads the position of its element.</summary>
    public static bool UsesIndex(ScalarExpression expression) => expression is IndexOf || expression.Children.Any(UsesIndex);

    private static int FirstPosition(IReadOnlyList<Node> operands, Node node)
    {
        var position = 0;
        while (operands[position] != node)
        {
            position++;
        }

        return position;
    }
}
