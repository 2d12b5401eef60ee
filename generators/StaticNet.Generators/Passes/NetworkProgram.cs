using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>One schedule of a network: the kernels from <paramref name="First"/> to <paramref name="End"/> of a cut graph.</summary>
/// <param name="Kind">The member of the run time's <c>ProgramKind</c>.</param>
internal sealed record NetworkProgram(string Kind, Graph Graph, IReadOnlyList<Kernel> Kernels, MemoryPlan Plan, int First, int End)
{
    /// <param name="kind">The member of the run time's <c>ProgramKind</c>.</param>
    /// <param name="graph">A graph in the order in which a back end's kernels read it.</param>
    /// <param name="optimizations">Which passes run.</param>
    /// <param name="sumFloats">How much a back end's contractions need for their sums besides; null for the CPU's.</param>
    public static NetworkProgram Of(string kind, Graph graph, Optimizations optimizations, Func<Kernel, int>? sumFloats = null)
    {
        var kernels = Fuse.Run(graph, optimizations.Fuse, optimizations.Winograd, optimizations.Pool);
        return new NetworkProgram(kind, graph, kernels, PlanMemory.Run(graph, kernels, optimizations.ReuseMemory, sumFloats), 0, kernels.Count);
    }

    /// <summary>The two programs of a graph that waits for the user's gradient: up to there, and from there.</summary>
    public static (NetworkProgram Record, NetworkProgram Backward) Split(Graph graph, Optimizations optimizations, Func<Kernel, int>? sumFloats = null)
    {
        var all = Of("Record", graph, optimizations, sumFloats);
        var late = new HashSet<Node>();
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is InputOperation { Role: InputRole.OutputGradient } || node.Operands.Any(late.Contains))
            {
                late.Add(node);
            }
        }

        var first = all.Kernels.ToList().FindIndex(k => k.Nodes.Any(late.Contains));
        first = first < 0 ? all.Kernels.Count : first;
        return (all with { End = first }, all with { Kind = "Backward", First = first });
    }

    /// <summary>The layers that a kernel works for, in the words of the declaration.</summary>
    public static string Origins(Kernel kernel) => string.Join(" + ", kernel.Nodes.Select(n => n.Origin).Where(o => o.Length > 0).Distinct());
}
