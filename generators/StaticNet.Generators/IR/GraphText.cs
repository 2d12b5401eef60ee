using System.Globalization;

namespace StaticNet.Generators.IR;

/// <summary>Graphs as a person reads them: in messages of the verifier and of tests.</summary>
internal static class GraphText
{
    public static string Of(Operation operation) => operation switch
    {
        InputOperation input => $"input {input.Name}",
        ParameterOperation parameter => $"parameter {parameter.Parameter.Name}",
        ConstantOperation constant => $"constant {Of(constant.Value)}",
        ExtentOperation { Extent: var extent } => $"extent {extent}",
        StateWriteOperation { State: var state } => $"write {state.Name}",
        RandomOperation random => $"random {random.Stream}",
        StopGradientOperation => "stop gradient",
        ContractOperation contract =>
            $"contract [{string.Join(", ", contract.Domain)}]: {Of(contract.Result)} += {Of(contract.Left)} · {Of(contract.Right)}",
        MapOperation map => $"map {Of(map.Body)}",
        ReduceOperation reduce => $"{(reduce.Kind == ReduceKind.Sum ? "sum" : "max")} over {reduce.Axes}",
        PoolOperation pool => $"{Of(pool.Kind)} {Of(pool.Windows)}",
        PoolGradientOperation pool => $"gradient of {Of(pool.Kind)} {Of(pool.Windows)}",
        ReshapeOperation => "reshape",
        TransposeOperation transpose => $"transpose {transpose.Order}",
        SliceOperation slice => $"slice axis {slice.Axis} from {slice.Start} for {slice.Length}",
        PadOperation pad => $"pad axis {pad.Axis} by {pad.Before} and {pad.After}",
        ConcatOperation concat => $"concat axis {concat.Axis}",
        GroupsOperation groups => $"{groups.Form.ToString().ToLowerInvariant()} groups, {groups.Together} of {groups.Groups}",
        _ => operation.ToString(),
    };

    /// <summary>Operands are <c>a</c>, <c>b</c>, <c>c</c>, … unless they are given names; indices <c>i0</c>, <c>i1</c>, ….</summary>
    public static string Of(ScalarExpression expression, Func<int, string>? operandName = null)
    {
        return expression switch
        {
            Operand operand => operandName?.Invoke(operand.Position)
                ?? (operand.Position < 26 ? ((char)('a' + operand.Position)).ToString() : $"a{operand.Position}"),
            Literal literal => Of(literal.Value),
            IndexOf index => $"i{index.Axis}",
            Unary { Function: UnaryFunction.Negate } negate => $"-{Nested(negate.Argument)}",
            Unary unary => $"{Name(unary.Function)}({Plain(unary.Argument)})",
            Binary { Function: BinaryFunction.Maximum } binary => $"max({Plain(binary.Left)}, {Plain(binary.Right)})",
            Binary { Function: BinaryFunction.Minimum } binary => $"min({Plain(binary.Left)}, {Plain(binary.Right)})",
            Binary binary => $"{Nested(binary.Left)} {Sign(binary.Function)} {Nested(binary.Right)}",
            Select select =>
                $"{Nested(select.Left)} {Sign(select.Comparison)} {Nested(select.Right)} ? {Nested(select.Then)} : {Nested(select.Else)}",
            _ => expression.ToString(),
        };

        string Plain(ScalarExpression part) => Of(part, operandName);

        string Nested(ScalarExpression part) =>
            part is Select or Binary { Function: not (BinaryFunction.Maximum or BinaryFunction.Minimum) } ? $"({Plain(part)})" : Plain(part);
    }

    private static string Of(PoolKind kind) => kind switch
    {
        PoolKind.Max => "max of windows",
        PoolKind.Mean => "mean of windows",
        PoolKind.Sum => "sum of windows",
        _ => "mean inside windows",
    };

    private static string Of(EquatableArray<PoolWindow> windows) => string.Join(", ", windows.Select(w =>
        $"of {w.Size} by {w.Stride} along {w.Axis}{(w.Before + w.After > 0 ? $" reaching out {w.Before} and {w.After}" : "")}"));

    private static string Of(AffineMap map) => $"[{string.Join(", ", map.Indices.Select(Of))}]";

    private static string Of(AffineIndex index)
    {
        var terms = index.Coefficients
            .Select((coefficient, d) => coefficient switch { 0 => "", 1 => $"d{d}", _ => $"{coefficient}·d{d}" })
            .Where(term => term.Length > 0);
        var needsOffset = index.Offset != 0 || index.Coefficients.All(c => c == 0);
        return string.Join(" + ", needsOffset ? terms.Append($"{index.Offset}") : terms);
    }

    private static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Name(UnaryFunction function) => function.ToString().ToLowerInvariant();

    private static string Sign(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => "+",
        BinaryFunction.Subtract => "-",
        BinaryFunction.Multiply => "*",
        _ => "/",
    };

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Equal => "==",
        Comparison.Greater => ">",
        _ => ">=",
    };
}
