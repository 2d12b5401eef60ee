using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// Gives each backward user of random numbers its own copy of them, made where it is used: they are a pure function of seed, step and
/// position, so computing them again is cheaper than keeping them from the forward pass on. Runs after <see cref="Simplify"/>, which
/// would merge the copies.
/// </summary>
internal static class Rematerialize
{
    public static Graph Run(Graph graph)
    {
        // Backward is what only gradients need.
        var forward = graph.NeededBy(
            graph.Outputs.Where(output => !Differentiate.IsGradient(output.Name)).Select(output => output.Value).Concat(graph.StateWrites));
        return graph.Rewrite((result, node, operands) =>
        {
            return result.Copy(node, forward[node.Id] ? operands : [.. node.Operands.Select((old, i) => Own(old, operands[i]))]);

            Node Own(Node old, Node operand) => old.Operation is RandomOperation && forward[old.Id] ? result.Copy(old, []) : operand;
        });
    }
}
