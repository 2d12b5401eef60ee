using StaticNet.Execution;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>What holds the parameters of a network, and runs nothing: saved and exported it is the network, and nothing has to be compiled.</summary>
internal static class WeightsOnly
{
    public static NetworkCore Of(NetworkModel model)
    {
        List<ParameterInfo> parameters = [];
        foreach (var parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var layout = parameter.Role == ParameterRole.Weight
                ? ParameterLayout.Matrix(
                    Order(parameter.OutputFeatures, (parameter.Shape[0], 1)), Order(parameter.Features, (parameter.Columns / parameter.Cells, parameter.Cells)))
                : ParameterLayout.Vector(Order(parameter.Features, (parameter.Size, 1)));
            var offset = parameters is [.., var last] ? last.Offset + last.Layout.Length : 0;
            parameters.Add(new(parameter.Name, [.. parameter.Shape], offset, layout));
        }

        var info = new NetworkInfo
        {
            Name = model.Spec.Name,
            InputSizes = [.. model.Inputs.Select(input => input.Shape.Aggregate((a, b) => a * b))],
            OutputSize = model.Output.Aggregate((a, b) => a * b),
            Parameters = [.. parameters],
            Layers = [.. model.Layers.Select(layer => new LayerInfo(layer.Name, layer.Text, string.Join('×', layer.Shape), 0, layer.MultiplyAdds))],
        };
        return new(info, seed: 1, () => new NoPrograms());
    }

    private static FeatureOrder Order(EquatableArray<FeaturePart> parts, (int Channels, int Places) otherwise) =>
        parts.Count == 0 ? new(otherwise) : new([.. parts.Select(part => (part.Channels, part.Places))]);

    private sealed class NoPrograms : Workspace
    {
        public override int GradientChunkFloats => 0;

        public override int ScratchFloats => 0;

        public override int Stages(ProgramKind program) => 0;

        public override int Chunks(int stage) => 0;

        public override long Work(int stage) => 0;

        public override long ArenaFloats(ProgramKind program, int batch) => 0;

        public override void Execute(int stage, int chunk, int worker)
        {
        }
    }
}
