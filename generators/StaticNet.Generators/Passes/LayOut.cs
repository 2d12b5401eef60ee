using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Gives each contraction its weights in the order it streams them. A weight matrix is stored with the vector lanes on its outputs; a
/// contraction that wants them on its inputs, as an input gradient does, gets a turned copy. The rows that a weight gradient reads by
/// vectors end in zeros: rows that do not, a user's or those of a reshaped value, are copied to rows that do.
/// </summary>
internal static class LayOut
{
    public static Graph Run(Graph graph)
    {
        var rewrite = new Rewrite(graph);
        var turned = new Dictionary<Node, Node>();
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is ContractOperation contract && node.Shape.HasBatch)
            {
                var lanes = contract.Result.Dimensions.Last();
                var left = node.Operands[0].Operation is ParameterOperation && contract.Left.Dimensions.Last() == lanes;
                var right = node.Operands[1].Operation is ParameterOperation && contract.Right.Dimensions.Last() == lanes;
                if (left || right)
                {
                    rewrite[node] = rewrite.Append(
                        contract with { Left = left ? Turn(contract.Left) : contract.Left, Right = right ? Turn(contract.Right) : contract.Right },
                        node,
                        left ? Turned(node.Operands[0]) : rewrite[node.Operands[0]],
                        right ? Turned(node.Operands[1]) : rewrite[node.Operands[1]]);
                    continue;
                }
            }

            if (node.Operation is ContractOperation gradient && !node.Shape.HasBatch)
            {
                var lanes = gradient.Result.Dimensions.First();
                rewrite[node] = rewrite.Append(
                    gradient,
                    node,
                    gradient.Left.Uses(lanes) ? Padded(node.Operands[0]) : rewrite[node.Operands[0]],
                    gradient.Right.Uses(lanes) ? Padded(node.Operands[1]) : rewrite[node.Operands[1]]);
                continue;
            }

            rewrite.Copy(node);
        }

        return rewrite.Finish();

        Node Padded(Node value)
        {
            var storage = Fuse.Storage(value);
            return value.Shape.Last.Size % 16 == 0 || (storage.Operation is not InputOperation && graph.Nodes.All(n => Fuse.Storage(n) != storage || n.Shape.Last == value.Shape.Last))
                ? rewrite[value]
                : rewrite.Append(new MapOperation(new Operand(0)), value, rewrite[value]);
        }

        Node Turned(Node weight)
        {
            if (!turned.TryGetValue(weight, out var copy))
            {
                copy = turned[weight] = rewrite.Result.Append(
                    new TransposeOperation([1, 0]),
                    [rewrite[weight]],
                    new TensorShape([weight.Shape[1], weight.Shape[0]]),
                    weight.Type,
                    weight.Origin);
            }

            return copy;
        }
    }

    private static AffineMap Turn(AffineMap map) => new([map.Indices[1], map.Indices[0]]);
}
