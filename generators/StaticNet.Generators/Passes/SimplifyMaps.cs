using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>The part of <see cref="Simplify"/> that knows element-wise operations.</summary>
internal static class SimplifyMaps
{
    /// <summary>No body grows beyond this: operands used several times would double it each time.</summary>
    private const int LargestBody = 256;

    /// <summary>The map in its one form, or its operand where it changes nothing.</summary>
    public static Node Rewrite(
        MapOperation map, TensorShape shape, IReadOnlyList<Node> operands, Func<Operation, IReadOnlyList<Node>, Node> emit)
    {
        var body = MapBody.Canonical(map.Body, operands);
        return body.Expression is Operand && body.Operands[0].Shape == shape
            ? body.Operands[0]
            : emit(new MapOperation(body.Expression), body.Operands);
    }

    /// <summary>
    /// Puts the body of a map into the map that uses it: when that is its only user and both have one shape, or when reading its operands
    /// costs no more than reading it.
    /// </summary>
    public static Graph Absorb(Graph graph)
    {
        var uses = new int[graph.Nodes.Count];
        foreach (var value in graph.Nodes.SelectMany(node => node.Operands).Concat(graph.Outputs.Select(output => output.Value)))
        {
            uses[value.Id]++;
        }

        return graph.Rewrite((result, node, operands) =>
        {
            if (node.Operation is not MapOperation { Body: var body })
            {
                return result.Copy(node, operands);
            }

            List<Node> all = [.. operands];
            for (var position = 0; position < operands.Count; position++)
            {
                if (operands[position].Operation is MapOperation { Body: var inner }
                    && MayAbsorb(inner, uses[node.Operands[position].Id] == 1, operands[position].Shape == node.Shape))
                {
                    var (at, first) = (position, all.Count);
                    var moved = inner.Substitute(operand => new Operand(first + operand.Position));
                    var merged = body.Substitute(operand => operand.Position == at ? moved : operand);
                    if (Size(merged) <= LargestBody)
                    {
                        body = merged;
                        all.AddRange(operands[position].Operands);
                    }
                }
            }

            var canonical = MapBody.Canonical(body, all);
            return result.Append(new MapOperation(canonical.Expression), canonical.Operands, node.Shape, node.Type, node.Origin);
        });
    }

    private static bool MayAbsorb(ScalarExpression inner, bool onlyUse, bool sameShape) =>
        inner is Operand or Literal || (onlyUse && (sameShape || (IsCheap(inner) && !MapBody.UsesIndex(inner))));

    /// <summary>One operation that is as fast as a load, so that repeating it along a broadcast axis costs nothing.</summary>
    private static bool IsCheap(ScalarExpression body) => body switch
    {
        Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs, Argument: Operand } => true,
        Binary { Function: not BinaryFunction.Divide, Left: Operand or Literal, Right: Operand or Literal } => true,
        _ => false,
    };

    private static int Size(ScalarExpression expression) => 1 + expression.Children.Sum(Size);
}
