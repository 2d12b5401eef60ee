using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>Makes the node that stands for <paramref name="node"/> in a new graph, from its operands there.</summary>
internal delegate Node NodeRewrite(Graph result, Node node, IReadOnlyList<Node> operands);

/// <summary>Copies graphs node by node.</summary>
internal static class GraphRewriter
{
    /// <summary>
    /// A graph with what the outputs and the writes to state need, in the same order, each node as the rewrite makes it. Parameters and data inputs stay, needed
    /// or not: they are the network's signature.
    /// </summary>
    public static Graph Rewrite(this Graph graph, NodeRewrite rewrite)
    {
        var result = new Graph();
        var copies = new Node[graph.Nodes.Count];
        var live = graph.NeededBy(graph.Outputs.Select(output => output.Value).Concat(graph.StateWrites));
        foreach (var node in graph.Nodes)
        {
            if (live[node.Id] || node.Operation is ParameterOperation or InputOperation { Role: InputRole.Data })
            {
                copies[node.Id] = rewrite(result, node, [.. node.Operands.Select(operand => copies[operand.Id])]);
            }
        }

        foreach (var (name, value) in graph.Outputs)
        {
            result.Name(name, copies[value.Id]);
        }

        return result;
    }

    /// <summary>Which nodes the given ones are computed from, themselves included.</summary>
    public static bool[] NeededBy(this Graph graph, IEnumerable<Node> values)
    {
        var needed = new bool[graph.Nodes.Count];
        foreach (var value in values)
        {
            needed[value.Id] = true;
        }

        foreach (var node in graph.Nodes.Reverse().Where(node => needed[node.Id]))
        {
            foreach (var operand in node.Operands)
            {
                needed[operand.Id] = true;
            }
        }

        return needed;
    }

    /// <summary>Appends a node like another, with other operands.</summary>
    public static Node Copy(this Graph result, Node node, IReadOnlyList<Node> operands) =>
        result.Append(node.Operation, operands, node.Shape, node.Type, node.Origin);
}
