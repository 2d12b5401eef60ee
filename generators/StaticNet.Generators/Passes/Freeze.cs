using StaticNet.Generators.Frozen;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Computes what depends on known weights alone. What is left of it are vectors that kernels read: of batch normalisation its scale and its
/// shift, instead of two statistics, two parameters and a square root. Matrices stay as they are, since no kernel reads others.
/// </summary>
internal static class Freeze
{
    /// <summary>A graph with constants in place of what makes them, and those.</summary>
    /// <param name="graph">A graph of inference.</param>
    /// <param name="values">The values of a parameter in the order of the graph; null when they are not known.</param>
    public static (Graph Graph, IReadOnlyList<FrozenTensor> Constants) Run(Graph graph, Func<ParameterSpec, float[]?> values)
    {
        var known = new Dictionary<Node, Node>();
        var bindings = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var computed = new Graph();
        foreach (var node in graph.Nodes.Where(node => !node.Shape.HasBatch && IsKnown(node)))
        {
            known[node] = computed.Copy(node, [.. node.Operands.Select(operand => known[operand])]);
        }

        var results = IrInterpreter.Run(computed, 0, bindings);
        var constants = new List<FrozenTensor>();
        var frozen = graph.Rewrite((result, node, operands) =>
        {
            if (node.Operation is ParameterOperation or ConstantOperation || !known.TryGetValue(node, out var made) || node.Shape.Rank != 1)
            {
                return result.Copy(node, operands);
            }

            var name = $"{node.Origin}.constant{constants.Count(constant => constant.Parameter.Name.StartsWith($"{node.Origin}.constant", StringComparison.Ordinal)) + 1}";
            var parameter = new ParameterSpec(name, [node.Shape[0].Size], ParameterRole.Vector, new InitializerSpec(InitializerKind.Zeros, 1, 1));
            constants.Add(new FrozenTensor(parameter, [.. results[made].Select(value => (float)value)], null));
            return result.Append(new ParameterOperation(parameter), [], node.Shape, node.Type, node.Origin);
        });
        return (frozen, constants);

        bool IsKnown(Node node)
        {
            if (node.Operation is not ParameterOperation { Parameter: var parameter })
            {
                return node.Operation is ConstantOperation || (node.Operation is MapOperation or ReduceOperation or ReshapeOperation && node.Operands.Count > 0 && node.Operands.All(known.ContainsKey));
            }

            if (parameter.Shape.Count != 1 || values(parameter) is not { } elements)
            {
                return false;
            }

            bindings[parameter.Name] = [.. elements.Select(element => (double)element)];
            return true;
        }
    }
}
