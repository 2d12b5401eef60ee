using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.IR;
using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Frozen;

/// <summary>From a frozen class and its weights to the files that implement it: programs that predict, and what they read.</summary>
internal static class FrozenCompiler
{
    public static EquatableArray<GeneratedFile> Compile(FrozenSpec frozen, WeightText? text)
    {
        var spec = frozen.Network;
        if (!spec.CanHaveMembers || !frozen.HasNetwork)
        {
            return [];
        }

        var model = NetworkAnalysis.Analyze(spec);
        if (model.HasErrors || text is null || FrozenWeights.Bind(model, text) is not { Problems.Count: 0 } weights)
        {
            return [GeneratedFile.OfMembers(spec, writer => new FrozenWriter(model, frozen).Write(writer))];
        }

        var name = GeneratedFile.Identifier(spec);
        var library = new KernelLibrary();
        var constants = new ConstantPool();
        var optimizations = new Optimizations(Winograd: !spec.IsExact);
        ProgramStages[] programs = [Compile("Forward", GraphPurpose.Forward), Compile("Predict", GraphPurpose.Predict)];
        var constantClass = constants.IsEmpty ? null : $"{name}_Constants";
        return
        [
            GeneratedFile.OfMembers(spec, writer => new FrozenWriter(model, frozen, $"global::{GeneratedFile.CpuNamespace}.{name}", weights, constantClass is not null).Write(writer)),
            GeneratedFile.OfKernels(spec, ".Workspace", writer =>
                new WorkspaceWriter($"{name}_Workspace", programs, library).Write(writer, dialect => $"{name}_{dialect.Kernels}")),
            .. constantClass is null ? [] : (GeneratedFile[])[GeneratedFile.OfKernels(spec, ".Constants", writer => new ConstantsWriter(constantClass, constants).Write(writer))],
            .. library.Files(spec),
        ];

        ProgramStages Compile(string kind, GraphPurpose purpose)
        {
            var (graph, made) = Freeze.Run(Lower.Run(model, purpose), parameter => weights.Tensors[parameter.Name].Values);
            return new ProgramCompiler(library, new FrozenPlaces(weights.With(made), constants), optimizations).Compile(kind, graph);
        }
    }
}
