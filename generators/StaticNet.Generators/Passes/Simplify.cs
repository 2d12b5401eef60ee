using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Fewer nodes for the same bits: what no output needs goes, equal nodes become one, maps absorb the maps that only they use, views of
/// views become one view.
/// </summary>
/// <remarks>
/// It follows <see cref="Differentiate"/>, never the other way round: with the gradients made, StopGradient has done its work and is
/// removed.
/// </remarks>
internal static class Simplify
{
    public static Graph Run(Graph graph)
    {
        // Absorbing makes room for merging and the other way round. Every round but the last removes a node or shortens a body.
        for (var before = Content(graph); ;)
        {
            graph = SimplifyMaps.Absorb(Tidy(graph));
            var after = Content(graph);
            if (after == before)
            {
                return graph;
            }

            before = after;
        }
    }

    /// <summary>Each node in its simplest form, and only once.</summary>
    private static Graph Tidy(Graph graph)
    {
        var known = new Dictionary<NodeContent, Node>();
        return graph.Rewrite((result, node, operands) =>
        {
            return node.Operation switch
            {
                StopGradientOperation => operands[0],
                MapOperation map => SimplifyMaps.Rewrite(map, node.Shape, operands, Emit),
                ReduceOperation reduce => operands[0].Shape == node.Shape ? operands[0] : Emit(reduce, operands),
                ViewOperation view => SimplifyViews.Rewrite(view, node.Shape, operands, Emit),
                var other => Emit(other, operands),
            };

            Node Emit(Operation operation, IReadOnlyList<Node> from)
            {
                var content = new NodeContent(operation, [.. from.Select(operand => operand.Id)], node.Shape, node.Type);
                if (!known.TryGetValue(content, out var found))
                {
                    found = result.Append(operation, from, node.Shape, node.Type, node.Origin);
                    known.Add(content, found);
                }

                return found;
            }
        });
    }

    private static EquatableArray<NodeContent> Content(Graph graph) =>
        [.. graph.Nodes.Select(node => new NodeContent(node.Operation, [.. node.Operands.Select(o => o.Id)], node.Shape, node.Type))];

    /// <summary>What makes two nodes the same value. Random numbers are a pure function of their stream, so they count as well.</summary>
    private readonly record struct NodeContent(Operation Operation, EquatableArray<int> Operands, TensorShape Shape, ElementType Type);
}
