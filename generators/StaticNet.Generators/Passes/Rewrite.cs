using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>Copies a graph node by node, so that a pass changes what it is about and keeps the rest.</summary>
internal sealed class Rewrite(Graph source)
{
    private readonly Dictionary<Node, Node> _copies = [];

    public Graph Result { get; } = new();

    /// <summary>What has become of a node of the source.</summary>
    public Node this[Node node]
    {
        get => _copies[node];
        set => _copies[node] = value;
    }

    /// <summary>Appends the node as it is, with its operands' successors.</summary>
    public Node Copy(Node node) => this[node] = Append(node.Operation, node, [.. node.Operands.Select(o => _copies[o])]);

    public Node Append(Operation operation, Node like, params Node[] operands) =>
        Result.Append(operation, operands, like.Shape, like.Type, like.Origin);

    /// <summary>Names the outputs as in the source.</summary>
    public Graph Finish()
    {
        foreach (var (name, value) in source.Outputs)
        {
            Result.Name(name, _copies[value]);
        }

        return Result;
    }
}
