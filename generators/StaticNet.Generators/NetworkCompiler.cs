using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators;

/// <summary>The passes that only make code faster. All of them run, but where tests compare a network with and without one.</summary>
/// <param name="Simplify">Fewer nodes for the same values.</param>
/// <param name="Fuse">Several nodes in one kernel.</param>
/// <param name="ReuseMemory">Values whose lifetimes do not meet share memory.</param>
/// <param name="Winograd">Contractions over 3×3 windows by tiles of fewer products; a network declared exact does without.</param>
/// <param name="Pool">Windows over the lines of a contraction in its kernel.</param>
/// <param name="Unroll">Small programs as straight-line code.</param>
internal sealed record Optimizations(
    bool Simplify = true, bool Fuse = true, bool ReuseMemory = true, bool Winograd = true, bool Pool = true, bool Unroll = true);

/// <summary>A file of generated C#.</summary>
internal sealed record GeneratedFile(string Name, string Text);

/// <summary>From a declared network to the files that implement it. Pure: the same declaration gives the same text.</summary>
internal static class NetworkCompiler
{
    /// <param name="spec">What was declared.</param>
    /// <param name="optimizations">Which passes run; null for all.</param>
    /// <param name="emitPtx">Whether there are kernels for GPUs.</param>
    public static EquatableArray<GeneratedFile> Compile(NetworkSpec spec, Optimizations? optimizations = null, bool emitPtx = true)
    {
        if (!spec.CanHaveMembers)
        {
            return [];
        }

        var model = NetworkAnalysis.Analyze(spec);

        var offsets = new Dictionary<string, int>(StringComparer.Ordinal);
        var next = 0;
        foreach (var parameter in model.Layers.SelectMany(l => l.Parameters))
        {
            offsets[parameter.Name] = next;
            next += Padding.Floats(parameter);
        }

        if (model.HasErrors)
        {
            return [File(spec, "", null, writer => new NetworkWriter(model, null, null, offsets, []).Write(writer))];
        }

        var name = spec.FullName.Replace("_", "__").Replace('.', '_');
        var workspace = $"{name}_Workspace";
        var library = new KernelLibrary();
        optimizations ??= new Optimizations();
        var programs = Programs(model, library, offsets, spec.IsExact ? optimizations with { Winograd = false } : optimizations);
        return
        [
            File(spec, "", null, writer => new NetworkWriter(
                model,
                $"global::{CpuNamespace}.{workspace}",
                $"global::{CpuNamespace}.{name}_Onnx",
                offsets,
                programs,
                emitPtx ? $"global::{CpuNamespace}.{name}_Cuda" : null).Write(writer)),
            File(spec, ".Onnx", model, writer => new OnnxWriter(OnnxExport.Of(model)).Write(writer, $"{name}_Onnx", spec.Name)),
            File(spec, ".Workspace", model, writer =>
                new WorkspaceWriter(workspace, programs, library).Write(writer, dialect => $"{name}_{dialect.Kernels}")),
            .. emitPtx ? [File(spec, ".Cuda", model, writer => new CudaWriter($"{name}_Cuda", PtxPrograms.Of(model), offsets).Write(writer))] : Array.Empty<GeneratedFile>(),
            .. VectorDialect.All.Select(dialect => File(spec, $".{dialect.Kernels}", model, writer =>
            {
                writer.Line($"// {spec.Name} with vectors of {dialect.Bits} bits.");
                using (writer.Braces($"internal static class {name}_{dialect.Kernels}"))
                {
                    library.WriteKernels(writer, dialect);
                }
            })),
        ];
    }

    /// <summary>Where generated code that no user names lives: its own names need no qualification there.</summary>
    private const string CpuNamespace = "StaticNet.Generated";

    private static List<ProgramStages> Programs(NetworkModel model, KernelLibrary library, IReadOnlyDictionary<string, int> offsets, Optimizations optimizations)
    {
        List<ProgramStages> programs =
        [
            Stages("Forward", Lower.Run(model, GraphPurpose.Forward)),
            Stages("Predict", Lower.Run(model, GraphPurpose.Predict)),
        ];
        programs.AddRange(RecordAndBackward());
        if (model.Target is not null)
        {
            programs.Add(Stages("Evaluate", Lower.Run(model, GraphPurpose.Evaluate)));
            programs.Add(Stages("Train", Differentiate.Run(Lower.Run(model, GraphPurpose.Train), GradientSeed.Loss)));
        }

        return programs;

        ProgramStages Stages(string kind, Graph graph) =>
            Unrolled(kind, graph, out var form) ?? StageWriter.Of(NetworkProgram.Of(kind, Prepare(graph), optimizations), library, offsets, form);

        ProgramStages? Unrolled(string kind, Graph graph, out string form)
        {
            form = "loops over tiles: unrolling is off";
            return optimizations.Unroll ? StraightLineStages.Of(kind, Simplified(graph), library, offsets, out form) : null;
        }

        Graph Simplified(Graph graph) => optimizations.Simplify ? Simplify.Run(graph) : graph;

        Graph Prepare(Graph graph)
        {
            var prepared = Rematerialize.Run(Simplified(graph));
            return LayOut.Run(optimizations.Winograd ? AbsorbPads.Run(prepared, AbsorbPads.IsTiled) : prepared, optimizations.Winograd);
        }

        // Straight-line code computes the forward pass again in the backward pass; tiles keep it in memory from one to the other.
        IEnumerable<ProgramStages> RecordAndBackward()
        {
            var recorded = Lower.Run(model, GraphPurpose.Record);
            var both = Differentiate.Run(recorded, GradientSeed.Output, inputGradients: true);
            if (Unrolled("Backward", both, out var form) is { } unrolled)
            {
                return [Stages("Record", recorded), unrolled];
            }

            var (record, backward) = NetworkProgram.Split(Prepare(both), optimizations);
            return [StageWriter.Of(record, library, offsets, form), StageWriter.Of(backward, library, offsets, form)];
        }
    }

    private static GeneratedFile File(NetworkSpec spec, string suffix, NetworkModel? header, Action<SourceWriter> write)
    {
        var writer = new SourceWriter();
        writer.Line("// <auto-generated/>");
        writer.Line(header is null ? "#nullable enable" : "#nullable disable");
        writer.Line("#pragma warning disable").Line();
        if (header is not null)
        {
            writer.Line($"namespace {CpuNamespace};").Line();
            writer.Line("using System;").Line("using System.Runtime.CompilerServices;").Line("using System.Runtime.Intrinsics;").Line("using StaticNet.Execution;").Line();
        }

        write(writer);
        return new GeneratedFile($"{spec.FullName}{suffix}.g.cs", writer.ToString());
    }
}
