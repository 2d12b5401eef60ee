using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>A program as launches.</summary>
/// <param name="Kind">The member of the run time's <c>ProgramKind</c>.</param>
/// <param name="FixedFloats">Floats of work area that do not grow with the batch.</param>
/// <param name="SampleFloats">Floats of work area for each sample.</param>
/// <param name="Parameters">The names of the parameters, by their ordinals.</param>
/// <param name="Launches">In their order.</param>
internal sealed record PtxProgram(string Kind, int FixedFloats, int SampleFloats, IReadOnlyList<string> Parameters, IReadOnlyList<PtxLaunch> Launches);

/// <summary>From a network worked out to its kernels for GPUs.</summary>
/// <param name="Module">The kernels.</param>
/// <param name="Programs">When they are launched.</param>
internal sealed record PtxPrograms(PtxKernelModule Module, IReadOnlyList<PtxProgram> Programs)
{
    // Tiles of fewer products and lines of pooled windows are the CPU's: kernels for them have their own shapes.
    public static readonly Optimizations OfDevice = new(Winograd: false, Pool: false);

    public static PtxPrograms Of(NetworkModel model)
    {
        var module = new PtxKernelModule(new PtxOptions(model.Spec.Precision));
        List<PtxProgram> programs = [Whole("Forward", Lower.Run(model, GraphPurpose.Forward)), Whole("Predict", Lower.Run(model, GraphPurpose.Predict))];
        var both = Differentiate.Run(Lower.Run(model, GraphPurpose.Record), GradientSeed.Output, inputGradients: true);
        var (record, backward) = NetworkProgram.Split(Prepare(both), OfDevice, PtxContractEmitter.SumFloats);
        programs.AddRange([Program(record), Program(backward)]);
        if (model.Target is not null)
        {
            programs.Add(Whole("Evaluate", Lower.Run(model, GraphPurpose.Evaluate)));
            programs.Add(Whole("Train", Differentiate.Run(Lower.Run(model, GraphPurpose.Train), GradientSeed.Loss)));
        }

        return new(module, programs);

        PtxProgram Whole(string kind, Graph graph) => Program(NetworkProgram.Of(kind, Prepare(graph), OfDevice, PtxContractEmitter.SumFloats));

        PtxProgram Program(NetworkProgram program) => new(
            program.Kind, program.Plan.FixedFloats, program.Plan.SampleFloats,
            [.. program.Graph.Parameters.Select(node => ((ParameterOperation)node.Operation).Parameter.Name)], module.Add(program));
    }

    /// <summary>A graph as the kernels read it: contractions reach out of their operands, and what is given and asked for alike is copied.</summary>
    public static Graph Prepare(Graph graph)
    {
        var prepared = AbsorbPads.Run(Rematerialize.Run(Simplify.Run(graph)), node => node.Operation is ContractOperation && ChannelWindow.Of(node) is null);
        LayOut.CopyGivenOutputs(prepared);
        return prepared;
    }
}
