using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>Writes the members that train a network: they only forward to the library.</summary>
/// <param name="model">The network.</param>
/// <param name="input">The type of its inputs' shape.</param>
/// <param name="output">The type of its output's shape.</param>
/// <param name="unusable">What every member does instead when the declaration has errors.</param>
internal sealed class TrainingWriter(NetworkModel model, string input, string output, string? unusable)
{
    private const string Trainer = "global::StaticNet.Trainer";
    private const string Names = "global::System.Func<string, string>?";

    public void Write(SourceWriter writer)
    {
        var name = TypeNames.Identifier(model.Spec.Name);
        var inputs = string.Concat(model.Inputs.Select(i => $"global::StaticNet.ReadOnlyBatch<{TypeNames.Shape(i.Shape)}> {i.Name}, "));
        var spans = string.Concat(Enumerable.Range(0, 4).Select(i => i < model.Inputs.Count ? $"{model.Inputs[i].Name}.Values, " : "default, "));
        var gradients = string.Concat(model.Inputs.Select(i => $", global::StaticNet.Batch<{TypeNames.Shape(i.Shape)}> {i.Name}Gradient = default"));
        var gradientSpans = string.Concat(model.Inputs.Select(i => $", {i.Name}Gradient.Values"));
        Member(
            writer,
            "The declared output in training mode (dropout acts), keeping what <c>Backward</c> needs.",
            $"public void Record({inputs}global::StaticNet.Batch<{output}> output)",
            $"_core.Record({spans}output.Values)");
        Member(
            writer,
            "The gradients of all parameters and, where there is room for it, of an input, from a gradient of the recorded output.",
            $"public void Backward({inputs}global::StaticNet.ReadOnlyBatch<{output}> outputGradient{gradients})",
            $"_core.Backward({spans}outputGradient.Values{gradientSpans})");
        Member(
            writer,
            "Changes the parameters along the gradients that <c>Backward</c> has left.",
            "public void Step(global::StaticNet.Optimizer optimizer)",
            "_core.Step(optimizer)");
        Member(
            writer,
            "Writes all parameters to a safetensors file in PyTorch's shapes and orders, or leaves the file as it was; <c>names</c> gives them other names.",
            $"public void Save(string path, {Names} names = null)",
            "global::StaticNet.WeightFile.Save(_core, path, names)");
        Member(
            writer,
            "Reads parameters from a safetensors file, or leaves the network as it was. Not strict, it takes what fits and reports the rest. The layout is PyTorch's unless the file says Keras; <c>names</c> gives the name in the file for each of the network's.",
            $"public global::StaticNet.LoadReport Load(string path, bool strict = true, global::StaticNet.WeightLayout? layout = null, {Names} names = null)",
            "global::StaticNet.WeightFile.Load(_core, path, strict, layout, names)");
        writer.Line().Line("/// <summary>A network with the parameters of a safetensors file.</summary>");
        using (writer.Braces($"public static {name} FromFile(string path)"))
        {
            writer.Line($"var network = new {name}();");
            using (writer.Braces("try"))
            {
                writer.Line("network.Load(path);").Line("return network;");
            }

            using (writer.Braces("catch"))
            {
                writer.Line("network.Dispose();").Line("throw;");
            }
        }

        if (model.Target is not { } target)
        {
            return;
        }

        var targetType = TypeNames.Target(target);
        var data = $"global::StaticNet.Dataset<{input}, {targetType}>";
        var targets = target.Kind == TargetKind.ClassIndex ? "global::System.ReadOnlySpan<int>" : $"global::StaticNet.ReadOnlyBatch<{targetType}>";
        Member(
            writer,
            "One training step on a batch: forward, loss, gradients, update.",
            $"public double TrainStep({inputs}{targets} target, global::StaticNet.Optimizer optimizer)",
            $"_core.TrainStep({spans}{(target.Kind == TargetKind.ClassIndex ? "target" : "target.Values")}, optimizer)",
            "The mean loss of the batch before the update.");
        Member(
            writer,
            "Trains on a data set.",
            $"public global::StaticNet.History Fit({data} data, global::StaticNet.Optimizer optimizer, global::StaticNet.FitOptions<{input}, {targetType}>? options = null)",
            $"{Trainer}.Fit(this, data, optimizer, options)",
            "Loss and metrics of every epoch.");
        Member(
            writer,
            "Trains on a data set in the background.",
            $"public global::System.Threading.Tasks.Task<global::StaticNet.History> FitAsync({data} data, global::StaticNet.Optimizer optimizer, global::StaticNet.FitOptions<{input}, {targetType}>? options = null)",
            $"{Trainer}.FitAsync(this, data, optimizer, options)",
            "Loss and metrics of every epoch.");
        Member(
            writer,
            "Loss and metrics on a data set, in inference mode.",
            $"public global::StaticNet.Evaluation Evaluate({data} data)",
            $"{Trainer}.Evaluate(this, data)",
            "Loss and the metrics that fit the loss.");
    }

    private void Member(SourceWriter writer, string summary, string signature, string body, string? returns = null)
    {
        writer.Line().Line($"/// <summary>{summary}</summary>");
        if (returns is not null)
        {
            writer.Line($"/// <returns>{returns}</returns>");
        }

        writer.Line($"{signature} =>").Line($"    {unusable ?? body};");
    }
}
