using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>Writes the members of a network that predict.</summary>
/// <param name="model">The network.</param>
/// <param name="unusable">What every member does instead when the network has errors.</param>
internal sealed class InferenceWriter(NetworkModel model, string? unusable)
{
    private const string Program = "global::StaticNet.Execution.ProgramKind";

    public void Write(SourceWriter writer)
    {
        writer.Line("/// <summary>The most threads that one call uses, the caller's included; results do not depend on it.</summary>");
        using (writer.Braces("public int Threads"))
        {
            writer.Line($"get => {unusable ?? "_core.Threads"};");
            writer.Line($"set => {unusable ?? "_core.Threads = value"};");
        }

        var parameters = string.Concat(model.Inputs.Select(i => $"global::StaticNet.ReadOnlyBatch<{TypeNames.Shape(i.Shape)}> {i.Name}, "));
        var arguments = string.Join(", ", model.Inputs.Select(i => $"{i.Name}.Values").Concat(Enumerable.Repeat("default", model.Inputs.Count == 1 ? 0 : 4 - model.Inputs.Count)));
        Method("Forward", "The declared output for every sample, in inference mode.");
        Method("Predict", model.Target is null
            ? "The declared output for every sample, in inference mode."
            : "The output as the loss sees it for every sample: probabilities where the loss takes logits.");
        writer.Line().Line("/// <summary>Makes the work areas for a batch size now, so that later calls allocate nothing.</summary>");
        writer.Line($"public void Reserve(int batch) => {unusable ?? "_core.Reserve(batch)"};");

        void Method(string name, string summary)
        {
            writer.Line().Line($"/// <summary>{summary}</summary>");
            foreach (var input in model.Inputs)
            {
                writer.Line($"/// <param name=\"{input.Name}\">[batch, {SummaryTable.Text(input.Shape)}]</param>");
            }

            writer.Line($"/// <param name=\"output\">[batch, {SummaryTable.Text(model.Output)}]: as many samples as the input has.</param>");
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The numbers of samples differ.</exception>");
            writer.Line($"public void {name}({parameters}global::StaticNet.Batch<{TypeNames.Shape(model.Output)}> output) =>");
            writer.Line($"    {unusable ?? $"_core.Infer({Program}.{name}, {arguments}, output.Values)"};");
        }
    }
}
