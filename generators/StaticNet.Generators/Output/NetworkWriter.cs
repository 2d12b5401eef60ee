using System.Globalization;
using StaticNet.Generators.Backends.Cpu;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>Writes the public face of a network: the half of the user's class that has its members.</summary>
/// <param name="model">The network.</param>
/// <param name="workspace">The class that runs its programs; null for a network with errors, whose members throw.</param>
/// <param name="onnx">The class that describes it as an ONNX graph; null for a network with errors.</param>
/// <param name="parameterOffsets">Where each parameter begins in the arena.</param>
/// <param name="programs">What it runs: inference first, training last; none for a network with errors.</param>
/// <param name="kernels">The class that has its kernels for GPUs; null when there is none.</param>
internal sealed class NetworkWriter(
    NetworkModel model,
    string? workspace,
    string? onnx,
    IReadOnlyDictionary<string, int> parameterOffsets,
    IReadOnlyList<ProgramStages> programs,
    string? kernels = null)
{
    private const string Core = "global::StaticNet.Execution.NetworkCore";
    private const string Device = "global::StaticNet.Device";
    private const string Unusable = "throw new global::System.InvalidOperationException(\"The declaration of this network has errors: see the SN diagnostics of the build.\")";

    private readonly string _name = TypeNames.Identifier(model.Spec.Name);
    private readonly string _input = TypeNames.Inputs(model);
    private readonly string _output = TypeNames.Shape(model.Output);

    public void Write(SourceWriter writer)
    {
        new DescriptionWriter(model).WriteHead(writer);
        var trainable = model.Target is { } target ? $", global::StaticNet.ITrainable<{_input}, {TypeNames.Target(target)}>" : "";
        using (writer.Braces($"{model.Spec.Accessibility} sealed partial class {_name} : global::StaticNet.INetwork<{_input}, {_output}>{trainable}"))
        {
            WriteDescription(writer);
            WriteConstruction(writer);
            WriteDevice(writer);
            new InferenceWriter(model, workspace is null ? Unusable : null).Write(writer);
            new TrainingWriter(model, _input, _output, workspace is null ? Unusable : null).Write(writer);
            WriteExport(writer);
            new ParametersWriter(model, workspace is null ? Unusable : null).Write(writer);
            writer.Line();
            writer.Line("/// <summary>Frees the network's memory.</summary>");
            writer.Line(workspace is null ? "public void Dispose()\n{\n}" : "public void Dispose() => _core.Dispose();");
            writer.Line().Line("/// <inheritdoc/>").Line($"{Core} global::StaticNet.INetwork<{_input}, {_output}>.Core => {CoreOrThrow};");
            if (model.Target is { } compared)
            {
                writer.Line().Line("/// <inheritdoc/>").Line($"{Core} global::StaticNet.ITrainable<{_input}, {TypeNames.Target(compared)}>.Core => {CoreOrThrow};");
            }
        }
    }

    private string CoreOrThrow => workspace is null ? Unusable : "_core";

    private void WriteDescription(SourceWriter writer)
    {
        var description = new DescriptionWriter(model);
        description.WriteSizes(writer);
        new MemoryWriter(model, programs).Write(writer);
        description.WriteSummary(writer);
        writer.Line("/// <summary>The network as a picture in the language of Mermaid, which Markdown can show.</summary>");
        writer.Line($"public static string ToMermaid() => {TypeNames.Literal(new MermaidDiagram().Draw(model))};").Line();
        writer.Line("/// <summary>The network as a picture in the language of Graphviz, for its program <c>dot</c>.</summary>");
        writer.Line($"public static string ToDot() => {TypeNames.Literal(new DotDiagram().Draw(model))};").Line();
    }

    private void WriteConstruction(SourceWriter writer)
    {
        if (workspace is null)
        {
            writer.Line("/// <summary>Not usable: the declaration has errors.</summary>");
            writer.Line($"public {_name}(int seed = 0, {Device}? device = null) => {Unusable};").Line();
            return;
        }

        using (writer.Braces("private static readonly global::StaticNet.Execution.NetworkInfo s_info = new()", "};"))
        {
            writer.Line($"Name = {TypeNames.Literal(model.Spec.Name)},");
            writer.Line($"InputSizes = new[] {{ {string.Join(", ", model.Inputs.Select(i => i.Shape.Aggregate(1, (a, b) => a * b)))} }},");
            if (model.Layers.Select(layer => layer.MinimumTrainingBatch).Append(1).Max() is > 1 and var least)
            {
                writer.Line($"MinimumTrainingBatch = {least},");
            }

            writer.Line($"OutputSize = {model.Output.Aggregate(1, (a, b) => a * b)},");
            if (model.Target is { } target)
            {
                writer.Line($"TargetSize = {(target.Kind == TargetKind.ClassIndex ? 1 : target.Shape.Aggregate(1, (a, b) => a * b))},");
                writer.Line($"Classes = {(target.Kind == TargetKind.ClassIndex ? target.Classes : 0)},");
                writer.Line($"Task = global::StaticNet.NetworkTask.{model.Task},");
            }

            using (writer.Braces("Parameters = new global::StaticNet.Execution.ParameterInfo[]", "},"))
            {
                foreach (var parameter in model.Layers.SelectMany(l => l.Parameters))
                {
                    WriteParameterInfo(writer, parameter);
                }
            }

            using (writer.Braces("Layers = new global::StaticNet.Execution.LayerInfo[]", "},"))
            {
                foreach (var input in model.Inputs)
                {
                    writer.Line($"new(\"{input.Name}\", \"{SummaryTable.Declared(input)}\", \"{SummaryTable.Text(input.Shape)}\", 0, 0),");
                }

                foreach (var layer in model.Layers)
                {
                    writer.Line($"new(\"{layer.Name}\", {TypeNames.Literal(layer.Text)}, \"{SummaryTable.Text(layer.Shape)}\", {SummaryTable.Parameters(layer)}, {layer.MultiplyAdds}),");
                }
            }
        }

        writer.Line();
        writer.Line($"private readonly {Core} _core;").Line();
        writer.Line("/// <summary>A network with freshly initialised parameters.</summary>");
        writer.Line("/// <param name=\"seed\">The same seed gives the same parameters, shuffles and dropout masks on every machine.</param>");
        writer.Line("/// <param name=\"device\">Where it keeps its parameters and does its work; null for the processor.</param>");
        writer.Line("/// <exception cref=\"global::StaticNet.CudaException\">The device is not available: its description says what to do.</exception>");
        writer.Line($"public {_name}(int seed = 0, {Device}? device = null) =>");
        writer.Line($"    _core = new {Core}(s_info, seed, static () => new {workspace}(), {(kernels is null ? "null" : $"static () => new {kernels}()")}, device);").Line();
    }

    private void WriteDevice(SourceWriter writer)
    {
        writer.Line("/// <summary>Where the network keeps its parameters and does its work.</summary>");
        writer.Line($"public {Device} Device => {(workspace is null ? Unusable : "_core.Device")};").Line();
        writer.Line("/// <summary>Moves the network with its parameters and the state of its optimizers; a failure leaves it where it is.</summary>");
        writer.Line("/// <exception cref=\"global::StaticNet.CudaException\">The device is not available: its description says what to do.</exception>");
        writer.Line($"public void To({Device} device) => {(workspace is null ? Unusable : "_core.To(device)")};").Line();
    }

    private void WriteParameterInfo(SourceWriter writer, ParameterSpec parameter)
    {
        const string layout = "global::StaticNet.Execution.ParameterLayout";
        var place = (parameter.Role, parameter.OutputFeatures.Count, parameter.Features) switch
        {
            (ParameterRole.Weight, 0, { Count: 0 }) => $"Matrix({parameter.Shape[0]}, {parameter.Columns}{(parameter.Cells > 1 ? $", {parameter.Cells}" : "")})",
            (ParameterRole.Weight, 0, { Count: 1 } features) => $"Matrix({parameter.Shape[0]}, {parameter.Columns}, {features[0].Places})",
            (ParameterRole.Weight, _, var features) => $"Matrix({Order(parameter.OutputFeatures, parameter.Shape[0])}, {Order(features, parameter.Columns)})",
            (_, _, { Count: 0 }) => $"Vector({parameter.Size})",
            (_, _, var features) => $"Vector({Order(features, parameter.Size)})",
        };
        var initializer = parameter.Initializer;
        List<string> details =
        [
            $"Initializer = global::StaticNet.Execution.InitializerKind.{initializer.Kind}",
            $"FanIn = {initializer.FanIn}",
            $"FanOut = {initializer.FanOut}",
        ];
        AddReal("InitialValue", initializer.Value);
        AddReal("L1", parameter.L1);
        AddReal("L2", parameter.L2);
        if (parameter.IsState)
        {
            details.Add("IsState = true");
        }

        writer.Line($"new(\"{parameter.Name}\", new[] {{ {string.Join(", ", parameter.Shape)} }}, {parameterOffsets[parameter.Name]}, {layout}.{place}) {{ {string.Join(", ", details)} }},");

        static string Order(EquatableArray<FeaturePart> features, int length) =>
            $"new global::StaticNet.Execution.FeatureOrder({(features.Count == 0 ? $"{length}" : string.Join(", ", features.Select(part => $"({part.Channels}, {part.Places})")))})";

        void AddReal(string name, double value)
        {
            if (value != 0)
            {
                details.Add($"{name} = {value.ToString("R", CultureInfo.InvariantCulture)}");
            }
        }
    }

    private void WriteExport(SourceWriter writer)
    {
        const string output = "global::StaticNet.OnnxOutput";
        writer.Line().Line("/// <summary>Writes the network with its parameters as an ONNX model, or leaves the file as it was.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"output\">What the model gives: what <c>Predict</c> does, or <c>Forward</c>.</param>");
        writer.Line($"public void SaveOnnx(string path, {output} output = {output}.Predict) =>");
        writer.Line($"    {(onnx is null ? Unusable : $"global::StaticNet.OnnxFile.Save(_core, path, output, {onnx}.Describe, Summary)")};");
    }
}
