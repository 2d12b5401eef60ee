using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Gives each contraction its operands in the order it streams them. A weight matrix is stored with the vector lanes on its outputs; a
/// contraction that wants them on its inputs, as an input gradient does, gets a turned copy, that of a window last cell first. The rows that a weight gradient reads by
/// vectors end in zeros: rows that do not, a user's or those of a reshaped value, are copied to rows that do.
/// </summary>
internal static class LayOut
{
    /// <param name="graph">A simplified graph.</param>
    /// <param name="winograd">Whether contractions that can are computed tile by tile, and need no border.</param>
    public static Graph Run(Graph graph, bool winograd = true)
    {
        var turned = new Dictionary<Node, Node>();
        var ragged = new HashSet<Node>(graph.Nodes.Where(IsRagged));
        var arranged = graph.Rewrite((result, node, operands) => node.Operation switch
        {
            ContractOperation contract when WindowContract.Of(node) is { } windows => windows.Role switch
            {
                WindowRole.Scatter => Scatter(result, node, contract, operands, windows),
                var role => Together(result, node, contract, [.. operands.Select((operand, i) => Straight(
                    result, operand, node.Operands[i], windows.IsDepthwise || (role == WindowRole.Weights && node.Operands[i] == windows.Map)))], windows),
            },
            ContractOperation contract when node.Shape.HasBatch => Turn(result, node, contract, operands),
            ContractOperation contract => result.Copy(node, [.. operands.Select((operand, i) =>
                Straight(result, operand, node.Operands[i], (i == 0 ? contract.Left : contract.Right).Uses(contract.Result.Dimensions.First())))]),
            _ => result.Copy(node, operands),
        });

        CopyGivenOutputs(arranged);
        return arranged;

        Node Straight(Graph result, Node operand, Node old, bool isReadByVectors) =>
            isReadByVectors && ragged.Contains(old) ? Copied(result, operand) : operand;

        Node Turn(Graph result, Node node, ContractOperation contract, IReadOnlyList<Node> operands)
        {
            var lanes = contract.Result.Dimensions.Last();
            var left = node.Operands[0].Operation is ParameterOperation && contract.Left.Dimensions.Last() == lanes;
            var right = node.Operands[1].Operation is ParameterOperation && contract.Right.Dimensions.Last() == lanes;
            return result.Append(
                contract with { Left = left ? Swap(contract.Left) : contract.Left, Right = right ? Swap(contract.Right) : contract.Right },
                [left ? Turned(result, operands[0]) : operands[0], right ? Turned(result, operands[1]) : operands[1]],
                node.Shape,
                node.Type,
                node.Origin);
        }

        // A scatter gathers from the other side: it reads weights turned around, and a map with a border so wide that it never leaves it.
        Node Scatter(Graph result, Node node, ContractOperation contract, IReadOnlyList<Node> operands, WindowContract windows)
        {
            var isLeft = ReferenceEquals(windows.Map, node.Operands[0]);
            var (map, weights) = isLeft ? (operands[0], operands[1]) : (operands[1], operands[0]);
            var (mapIndex, weightIndex) = isLeft ? (contract.Left, contract.Right) : (contract.Right, contract.Left);
            var steps = map.Shape.Rank == 4 ? new[] { windows.Height, windows.Width } : [windows.Width];
            var indices = mapIndex.Indices.ToArray();
            map = Straight(result, map, windows.Map, windows.IsDepthwise);
            for (var axis = 0; axis < steps.Length && !(winograd && WinogradTiles.Of(windows) is not null); axis++)
            {
                var (before, after) = steps[axis].NeededBorder();
                if (before + after > 0)
                {
                    var shape = map.Shape.With(axis + 1, before + map.Shape[axis + 1].Size + after);
                    map = result.Append(new PadOperation(axis + 1, before, after), [map], shape, map.Type, map.Origin);
                    indices[axis + 1] = indices[axis + 1] with { Offset = before };
                }
            }

            if (windows.Groups == 1)
            {
                (weights, weightIndex) = (Turned(result, weights), Swap(weightIndex));
            }

            contract = isLeft ? contract with { Left = new(new(indices)), Right = weightIndex } : contract with { Left = weightIndex, Right = new(new(indices)) };
            if (windows.Groups > 1 && !windows.IsDepthwise)
            {
                var joined = new JoinedGroups(windows);
                contract = joined.Join(node, contract);
                weights = result.Append(joined.Operation(GroupsForm.Turned), [weights], joined.WeightShape, weights.Type, weights.Origin);
            }

            return result.Append(
                contract,
                isLeft ? [map, weights] : [weights, map],
                node.Shape,
                node.Type,
                node.Origin);
        }

        // Groups whose outputs fill no panels are computed as fewer, larger ones.
        Node Together(Graph result, Node node, ContractOperation contract, IReadOnlyList<Node> operands, WindowContract windows)
        {
            var joined = new JoinedGroups(windows);
            if (windows.IsDepthwise || joined.Together == 1)
            {
                return result.Copy(node, operands);
            }

            contract = joined.Join(node, contract);
            if (windows.Role == WindowRole.Weights)
            {
                var whole = result.Append(contract, operands, joined.WeightShape, node.Type, node.Origin);
                return result.Append(joined.Operation(GroupsForm.Parted), [whole], node.Shape, node.Type, node.Origin);
            }

            Node[] pair = [.. operands.Select((operand, i) => node.Operands[i] != windows.Weights ? operand : result.Append(
                joined.Operation(GroupsForm.Joined), [operand], joined.WeightShape, operand.Type, operand.Origin))];
            return result.Append(contract, pair, node.Shape, node.Type, node.Origin);
        }

        Node Turned(Graph result, Node weight)
        {
            if (!turned.TryGetValue(weight, out var copy))
            {
                var shape = weight.Shape.With(0, weight.Shape[1]).With(1, weight.Shape[0]);
                copy = turned[weight] = result.Append(
                    new TransposeOperation([1, 0, .. Enumerable.Range(2, weight.Shape.Rank - 2)]), [weight], shape, weight.Type, weight.Origin);
            }

            return copy;
        }

        bool IsRagged(Node node)
        {
            var storage = Fuse.Storage(node);
            return node.Shape.Last.Size % 16 != 0
                && (storage.Operation is InputOperation || graph.Nodes.Any(n => Fuse.Storage(n) == storage && n.Shape.Last != node.Shape.Last));
        }
    }

    /// <summary>What the user gives and gets back as it is has no kernel that would write it: it is copied.</summary>
    public static void CopyGivenOutputs(Graph graph)
    {
        foreach (var (name, value) in graph.Outputs.Where(output => Fuse.Storage(output.Value).Operation is InputOperation).ToList())
        {
            graph.Name(name, Copied(graph, value));
        }
    }

    private static Node Copied(Graph graph, Node value) =>
        graph.Append(new MapOperation(new Operand(0)), [value], value.Shape, value.Type, value.Origin);

    private static AffineMap Swap(AffineMap map) => new([map.Indices[1], map.Indices[0], .. map.Indices.Skip(2)]);
}
