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
            return [GeneratedFile.OfMembers(spec, writer => new NetworkWriter(model, null, null, offsets, []).Write(writer))];
        }

        var name = GeneratedFile.Identifier(spec);
        var workspace = $"{name}_Workspace";
        var library = new KernelLibrary();
        optimizations ??= new Optimizations();
        var programs = Programs(
            model, new ProgramCompiler(library, new ParameterPlaces(offsets), spec.IsExact ? optimizations with { Winograd = false } : optimizations));
        return
        [
            GeneratedFile.OfMembers(spec, writer => new NetworkWriter(
                model,
                $"global::{GeneratedFile.CpuNamespace}.{workspace}",
                $"global::{GeneratedFile.CpuNamespace}.{name}_Onnx",
                offsets,
                programs,
                emitPtx ? $"global::{GeneratedFile.CpuNamespace}.{name}_Cuda" : null).Write(writer)),
            GeneratedFile.OfKernels(spec, ".Onnx", writer => new OnnxWriter(OnnxExport.Of(model)).Write(writer, $"{name}_Onnx", spec.Name)),
            GeneratedFile.OfKernels(spec, ".Workspace", writer =>
                new WorkspaceWriter(workspace, programs, library).Write(writer, dialect => $"{name}_{dialect.Kernels}")),
            .. emitPtx ? [GeneratedFile.OfKernels(spec, ".Cuda", writer => new CudaWriter($"{name}_Cuda", PtxPrograms.Of(model), offsets).Write(writer))] : Array.Empty<GeneratedFile>(),
            .. library.Files(spec),
        ];
    }

    private static List<ProgramStages> Programs(NetworkModel model, ProgramCompiler compiler)
    {
        var recorded = Lower.Run(model, GraphPurpose.Record);
        List<ProgramStages> programs =
        [
            compiler.Compile("Forward", Lower.Run(model, GraphPurpose.Forward)),
            compiler.Compile("Predict", Lower.Run(model, GraphPurpose.Predict)),
            .. compiler.CompileRecorded(recorded, Differentiate.Run(recorded, GradientSeed.Output, inputGradients: true)),
        ];
        if (model.Target is not null)
        {
            programs.Add(compiler.Compile("Evaluate", Lower.Run(model, GraphPurpose.Evaluate)));
            programs.Add(compiler.Compile("Train", Differentiate.Run(Lower.Run(model, GraphPurpose.Train), GradientSeed.Loss)));
        }

        return programs;
    }
}
