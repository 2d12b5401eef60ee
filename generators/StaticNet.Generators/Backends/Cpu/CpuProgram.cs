using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>One schedule of a network: the kernels from <paramref name="First"/> to <paramref name="End"/> of a cut graph.</summary>
/// <param name="Kind">The member of the run time's <c>ProgramKind</c>.</param>
internal sealed record CpuProgram(string Kind, Graph Graph, IReadOnlyList<Kernel> Kernels, MemoryPlan Plan, int First, int End)
{
    public static CpuProgram Of(string kind, Graph graph, Optimizations optimizations)
    {
        var kernels = Fuse.Run(graph, optimizations.Fuse, optimizations.Winograd, optimizations.Pool);
        return new CpuProgram(kind, graph, kernels, PlanMemory.Run(graph, kernels, optimizations.ReuseMemory), 0, kernels.Count);
    }

    /// <summary>The two programs of a graph that waits for the user's gradient: up to there, and from there.</summary>
    public static (CpuProgram Record, CpuProgram Backward) Split(Graph graph, Optimizations optimizations)
    {
        var all = Of("Record", graph, optimizations);
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
}

/// <summary>One stage of a program as C#: how many chunks, how much work, and what one chunk does.</summary>
internal sealed record CpuStage(string Comment, string Chunks, string Work, IReadOnlyList<string> Body);

/// <summary>The work area of a program in floats: those that do not grow with the batch, and those for each sample.</summary>
/// <param name="FixedValues">How many of the fixed ones hold values that go from one stage to another.</param>
/// <param name="SampleValues">How many of those for each sample do.</param>
internal readonly record struct WorkArea(int Fixed, int Sample, int FixedValues, int SampleValues)
{
    public static WorkArea Of(MemoryPlan plan) => new(plan.FixedFloats, plan.SampleFloats, plan.FixedValueFloats, plan.SampleValueFloats);
}

/// <summary>A program as stages, and the work area they need.</summary>
/// <param name="GradientChunkFloats">The largest piece of gradient that one chunk makes.</param>
/// <param name="ScratchFloats">What each thread needs for itself.</param>
/// <param name="Form">Whether it is unrolled, and why.</param>
internal sealed record ProgramStages(
    string Kind, IReadOnlyList<CpuStage> Stages, WorkArea Area, int GradientChunkFloats, int ScratchFloats, string Form);
