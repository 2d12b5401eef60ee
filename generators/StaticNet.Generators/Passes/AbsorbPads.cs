using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Some contractions, those that are computed tile by tile and all on a GPU, take zeros outside their operands for granted, and leave out what lies outside their
/// result: pads before them and slices behind them become offsets.
/// </summary>
internal static class AbsorbPads
{
    /// <param name="graph">A simplified graph.</param>
    /// <param name="reachesOut">Which contractions may reach out of their operands.</param>
    public static Graph Run(Graph graph, Func<Node, bool> reachesOut)
    {
        var users = graph.Nodes.SelectMany(user => user.Operands.Select(operand => (operand, user))).ToLookup(use => use.operand, use => use.user);
        var outputs = new HashSet<Node>(graph.Outputs.Select(output => output.Value));
        // Written again, the graph is without the pads that nobody reads any more.
        return graph.Rewrite((result, node, operands) => node.Operation switch
        {
            ContractOperation contract when reachesOut(node) => result.Append(
                contract with { Left = Shifted(contract.Left, operands[0], out var left), Right = Shifted(contract.Right, operands[1], out var right) },
                [left, right],
                node.Shape,
                node.Type,
                node.Origin),
            SliceOperation slice when IsOfWindows(slice.Axis, node) && reachesOut(operands[0]) && IsOnlyUse(node.Operands[0]) => Cut(result, node, slice, operands[0], reachesOut),
            _ => result.Copy(node, operands),
        }).Rewrite((result, node, operands) => result.Copy(node, operands));

        bool IsOnlyUse(Node value) => users[value].Count() == 1 && !outputs.Contains(value);
    }

    /// <summary>Whether a node is a contraction that is computed tile by tile.</summary>
    public static bool IsTiled(Node node) =>
        node.Operation is ContractOperation && WindowContract.Of(node) is { } windows && WinogradTiles.Of(windows) is not null;

    /// <summary>Whether windows move along an axis: not along the samples or the channels.</summary>
    private static bool IsOfWindows(int axis, Node node) => axis is 1 or 2 && axis < node.Shape.Rank - 1;

    /// <summary>The part of the result that is wanted; what is not worth tiling by itself stays a slice.</summary>
    private static Node Cut(Graph result, Node node, SliceOperation slice, Node whole, Func<Node, bool> reachesOut)
    {
        var contract = (ContractOperation)whole.Operation;
        var part = result.Append(
            contract with { Result = Moved(contract.Result, slice.Axis, -slice.Start) }, whole.Operands, node.Shape, node.Type, whole.Origin);
        return reachesOut(part) ? part : result.Copy(node, [whole]);
    }

    private static AffineMap Shifted(AffineMap map, Node operand, out Node source)
    {
        source = operand;
        while (source.Operation is PadOperation pad && IsOfWindows(pad.Axis, source))
        {
            map = Moved(map, pad.Axis, -pad.Before);
            source = source.Operands[0];
        }

        return map;
    }

    private static AffineMap Moved(AffineMap map, int axis, int offset) =>
        new([.. map.Indices.Select((index, i) => i == axis ? index with { Offset = index.Offset + offset } : index)]);
}
