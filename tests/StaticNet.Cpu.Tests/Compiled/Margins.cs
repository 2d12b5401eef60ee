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

        var values = run(compared);
        return names.SelectMany(name => values[name]).Select(Math.Abs).Where(distance => distance > 0).Append(double.PositiveInfinity).Min();
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
