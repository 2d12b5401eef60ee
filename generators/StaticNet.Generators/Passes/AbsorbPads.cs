using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Contractions that are computed tile by tile take zeros outside their operands for granted, and leave out what lies outside their
/// result: pads before them and slices behind them become offsets.
/// </summary>
internal static class AbsorbPads
{
    public static Graph Run(Graph graph)
    {
        var users = graph.Nodes.SelectMany(user => user.Operands.Select(operand => (operand, user))).ToLookup(use => use.operand, use => use.user);
        var outputs = new HashSet<Node>(graph.Outputs.Select(output => output.Value));
        return graph.Rewrite((result, node, operands) => node.Operation switch
        {
            ContractOperation contract when IsTiled(node) => result.Append(
                contract with { Left = Shifted(contract.Left, operands[0], out var left), Right = Shifted(contract.Right, operands[1], out var right) },
                [left, right],
                node.Shape,
                node.Type,
                node.Origin),
            SliceOperation { Axis: 1 or 2 } slice when IsTiled(operands[0]) && IsOnlyUse(node.Operands[0]) => Cut(result, node, slice, operands[0]),
            _ => result.Copy(node, operands),
        });

        bool IsOnlyUse(Node value) => users[value].Count() == 1 && !outputs.Contains(value);
    }

    private static bool IsTiled(Node node) =>
        node.Operation is ContractOperation && WindowContract.Of(node) is { } windows && WinogradTiles.Of(windows) is not null;

    /// <summary>The part of the result that is wanted; what is not worth tiling by itself stays a slice.</summary>
    private static Node Cut(Graph result, Node node, SliceOperation slice, Node whole)
    {
        var contract = (ContractOperation)whole.Operation;
        var part = result.Append(
            contract with { Result = Moved(contract.Result, slice.Axis, -slice.Start) }, whole.Operands, node.Shape, node.Type, whole.Origin);
        return IsTiled(part) ? part : result.Copy(node, [whole]);
    }

    private static AffineMap Shifted(AffineMap map, Node operand, out Node source)
    {
        source = operand;
        while (source.Operation is PadOperation { Axis: 1 or 2 } pad)
        {
            map = Moved(map, pad.Axis, -pad.Before);
            source = source.Operands[0];
        }

        return map;
    }

    private static AffineMap Moved(AffineMap map, int axis, int offset) =>
        new([.. map.Indices.Select((index, i) => i == axis ? index with { Offset = index.Offset + offset } : index)]);
}
