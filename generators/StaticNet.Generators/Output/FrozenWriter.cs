using StaticNet.Generators.Frozen;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>Writes the members of a frozen class.</summary>
/// <param name="model">The network that was frozen, under the class's name.</param>
/// <param name="frozen">What was declared.</param>
/// <param name="classes">What the names of the classes that run it begin with; null when something is wrong: members throw then.</param>
/// <param name="weights">What it reads.</param>
/// <param name="hasConstants">Whether there is a class with constants.</param>
internal sealed class FrozenWriter(NetworkModel model, FrozenSpec frozen, string? classes = null, FrozenWeights? weights = null, bool hasConstants = false)
{
    private const string Core = "global::StaticNet.Execution.FrozenCore";
    private const string Unusable = "throw new global::System.InvalidOperationException(\"This frozen network could not be compiled: see the SN diagnostics of the build.\")";

    private readonly string _name = TypeNames.Identifier(model.Spec.Name);

    public void Write(SourceWriter writer)
    {
        var description = new DescriptionWriter(model);
        description.WriteHead(writer);
        using (writer.Braces($"{model.Spec.Accessibility} sealed partial class {_name} : global::System.IDisposable"))
        {
            writer.Line("/// <summary>The file that the weights are from.</summary>");
            writer.Line($"public const string Weights = {TypeNames.Literal(frozen.Weights)};").Line();
            description.WriteSizes(writer);
            description.WriteSummary(writer);
            WriteConstruction(writer);
            new InferenceWriter(model, classes is null ? Unusable : null).Write(writer);
            writer.Line().Line("/// <summary>Frees the network's work areas.</summary>");
            writer.Line(classes is null ? "public void Dispose()\n{\n}" : "public void Dispose() => _core.Dispose();");
        }
    }

    private void WriteConstruction(SourceWriter writer)
    {
        if (classes is null)
        {
            writer.Line("/// <summary>Not usable: the network or its weights have errors.</summary>").Line($"public {_name}() => {Unusable};").Line();
            return;
        }

        using (writer.Braces("private static readonly global::StaticNet.Execution.NetworkInfo s_info = new()", "};"))
        {
            writer.Line($"Name = {TypeNames.Literal(model.Spec.Name)},");
            writer.Line($"InputSizes = new[] {{ {string.Join(", ", model.Inputs.Select(i => i.Shape.Aggregate(1, (a, b) => a * b)))} }},");
            writer.Line($"OutputSize = {model.Output.Aggregate(1, (a, b) => a * b)},");
            writer.Line("Parameters = global::System.Array.Empty<global::StaticNet.Execution.ParameterInfo>(),");
            writer.Line("Layers = global::System.Array.Empty<global::StaticNet.Execution.LayerInfo>(),");
        }

        writer.Line().Line($"private readonly {Core} _core;").Line();
        writer.Line("/// <summary>A network that predicts with the weights that are part of this assembly.</summary>");
        writer.Line($"public {_name}() =>");
        var constants = hasConstants ? $", {classes}_Constants.Values, {classes}_Constants.Matrices" : "";
        writer.Line($"    _core = new {Core}(s_info, static () => new {classes}_Workspace(), typeof({_name}), {TypeNames.Literal(weights!.Resource)}, {weights.ResourceFloats}{constants});").Line();
    }
}
