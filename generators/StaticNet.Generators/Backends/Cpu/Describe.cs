using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Says what generated code computes, in the notation of the field.</summary>
internal static class Describe
{
    public static string Expression(ScalarExpression expression, Func<int, string> operand)
    {
        return expression switch
        {
            Operand o => operand(o.Position),
            Literal literal => Number(literal.Value),
            IndexOf => "column",
            Unary { Function: UnaryFunction.Negate } unary => $"−{Atom(unary.Argument)}",
            Unary { Function: UnaryFunction.ToFloat } unary => Expression(unary.Argument, operand),
            Unary unary => $"{unary.Function.ToString().ToLowerInvariant()}({Expression(unary.Argument, operand)})",
            Binary { Function: BinaryFunction.Maximum } binary => $"max({Expression(binary.Left, operand)}, {Expression(binary.Right, operand)})",
            Binary { Function: BinaryFunction.Minimum } binary => $"min({Expression(binary.Left, operand)}, {Expression(binary.Right, operand)})",
            Binary binary => $"{Atom(binary.Left)} {Symbol(binary.Function)} {Atom(binary.Right)}",
            Select select =>
                $"{Atom(select.Left)} {Symbol(select.Comparison)} {Atom(select.Right)} ? {Atom(select.Then)} : {Atom(select.Else)}",
            _ => expression.ToString(),
        };

        string Atom(ScalarExpression part) =>
            part is Binary { Function: not (BinaryFunction.Maximum or BinaryFunction.Minimum) } or Select ? $"({Expression(part, operand)})" : Expression(part, operand);
    }

    /// <summary>What a node computes, its operands by their origins.</summary>
    public static string Node(Node node, Func<Node, string> name) => node.Operation switch
    {
        MapOperation map => Expression(map.Body, position => name(node.Operands[position])),
        ReduceOperation { Kind: ReduceKind.Sum } => $"Σ {name(node.Operands[0])}",
        ReduceOperation => $"max {name(node.Operands[0])}",
        _ => node.Operation.GetType().Name.Replace("Operation", "").ToLowerInvariant() + $"({string.Join(", ", node.Operands.Select(name))})",
    };

    private static string Number(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Symbol(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => "+",
        BinaryFunction.Subtract => "−",
        BinaryFunction.Multiply => "·",
        _ => "/",
    };

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "≤",
        Comparison.Equal => "=",
        Comparison.Greater => ">",
        _ => "≥",
    };
}
