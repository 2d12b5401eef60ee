using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>How far a computation stays from the points where it branches: there rounding alone chooses the derivative.</summary>
internal static class Margins
{
    /// <summary>The least distance of two compared numbers over all branches, samples and elements; those that are equal do not count.</summary>
    public static double Least(Graph graph, Func<Graph, IrInterpreter> run)
    {
        var compared = graph.Rewrite((result, node, operands) => result.Copy(node, operands));
        var names = new List<string>();
        foreach (var map in compared.Nodes.Where(node => node.Operation is MapOperation).ToList())
        {
            foreach (var distance in Distances(((MapOperation)map.Operation).Body).Where(distance => !IsOfRandom(distance, map)))
            {
                names.Add($"distance {names.Count}");
                compared.Name(names[^1], compared.Append(new MapOperation(distance), map.Operands, map.Shape, ElementType.Float32, map.Origin));
            }
        }

        foreach (var pool in compared.Nodes.Where(node => node.Operation is PoolOperation { Kind: PoolKind.Max }).ToList())
        {
            foreach (var (distance, operands) in Distances(compared, pool))
            {
                names.Add($"distance {names.Count}");
                compared.Name(names[^1], compared.Append(new MapOperation(distance), operands, operands[0].Shape, ElementType.Float32, pool.Origin));
            }
        }

        var values = run(compared);
        return names.SelectMany(name => values[name]).Select(Math.Abs).Where(distance => distance > 0).Append(double.PositiveInfinity).Min();
    }

    /// <summary>How far each cell of a window stays from the largest, a place of the window at a time.</summary>
    private static IEnumerable<(ScalarExpression Distance, Node[] Operands)> Distances(Graph graph, Node pool)
    {
        var windows = ((PoolOperation)pool.Operation).Windows;
        var cells = pool.Operands[0];
        var largest = Places(windows.Select(window => Enumerable.Range(0, window.Places(cells.Shape[window.Axis].Size))));
        foreach (var place in largest)
        {
            var bounds = windows.Select((window, i) => window.Cells(place[i], cells.Shape[window.Axis].Size)).ToArray();
            var inside = windows.Select((window, i) => (window.Axis, bounds[i].First, Length: bounds[i].End - bounds[i].First));
            var at = windows.Select((window, i) => (window.Axis, First: place[i], Length: 1));
            yield return (new Operand(0) - new Operand(1), [inside.Aggregate(cells, Slice), at.Aggregate(pool, Slice)]);
        }

        Node Slice(Node node, (int Axis, int First, int Length) range) => graph.Append(
            new SliceOperation(range.Axis, range.First, range.Length), [node], node.Shape.With(range.Axis, range.Length), node.Type, node.Origin);

        static IEnumerable<int[]> Places(IEnumerable<IEnumerable<int>> axes) =>
            axes.Aggregate((IEnumerable<int[]>)[[]], (places, axis) => places.SelectMany(place => axis.Select(p => (int[])[.. place, p])));
    }

    /// <summary>Random numbers are the same in single precision, so are their comparisons.</summary>
    private static bool IsOfRandom(ScalarExpression distance, Node map) =>
        distance is Binary { Left: Operand left } && map.Operands[left.Position].Operation is RandomOperation;

    private static IEnumerable<ScalarExpression> Distances(ScalarExpression expression)
    {
        var inside = expression.Children.SelectMany(Distances);
        return expression switch
        {
            Select select => inside.Append(select.Left - select.Right),
            Binary { Function: BinaryFunction.Maximum or BinaryFunction.Minimum } binary => inside.Append(binary.Left - binary.Right),
            Unary { Function: UnaryFunction.Abs or UnaryFunction.Sign } unary => inside.Append(unary.Argument),
            _ => inside,
        };
    }
}
