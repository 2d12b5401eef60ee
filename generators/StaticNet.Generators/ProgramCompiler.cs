using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators;

/// <summary>From the graphs of a network to its programs for processors.</summary>
/// <param name="library">Gets the kernels.</param>
/// <param name="parameters">Where parameters lie at run time.</param>
/// <param name="optimizations">Which passes run.</param>
internal sealed class ProgramCompiler(KernelLibrary library, ParameterPlaces parameters, Optimizations optimizations)
{
    /// <summary>The program of a graph: straight-line code where it is small enough, otherwise stages.</summary>
    /// <param name="kind">The member of the run time's <c>ProgramKind</c>.</param>
    /// <param name="graph">A graph as lowered, or differentiated.</param>
    public ProgramStages Compile(string kind, Graph graph) =>
        Unrolled(kind, graph, out var form) ?? StageWriter.Of(NetworkProgram.Of(kind, Prepare(graph), optimizations), library, parameters, form);

    /// <summary>The two programs of a graph that waits for the user's gradient.</summary>
    /// <param name="recorded">Up to there.</param>
    /// <param name="both">All of it, with the gradients.</param>
    public IEnumerable<ProgramStages> CompileRecorded(Graph recorded, Graph both)
    {
        // Straight-line code computes the forward pass again in the backward pass; tiles keep it in memory from one to the other.
        if (Unrolled("Backward", both, out var form) is { } unrolled)
        {
            return [Compile("Record", recorded), unrolled];
        }

        var (record, backward) = NetworkProgram.Split(Prepare(both), optimizations);
        return [StageWriter.Of(record, library, parameters, form), StageWriter.Of(backward, library, parameters, form)];
    }

    private ProgramStages? Unrolled(string kind, Graph graph, out string form)
    {
        form = "loops over tiles: unrolling is off";
        return optimizations.Unroll ? StraightLineStages.Of(kind, Simplified(graph), library, parameters, out form) : null;
    }

    private Graph Simplified(Graph graph) => optimizations.Simplify ? Simplify.Run(graph) : graph;

    private Graph Prepare(Graph graph)
    {
        var prepared = Rematerialize.Run(Simplified(graph));
        return LayOut.Run(optimizations.Winograd ? AbsorbPads.Run(prepared, AbsorbPads.IsTiled) : prepared, optimizations.Winograd);
    }
}
