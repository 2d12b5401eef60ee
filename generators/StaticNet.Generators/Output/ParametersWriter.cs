using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>
/// Writes how users reach parameters: a property for each layer, <c>net.Dense1.Weight</c>; for the layers of a block behind that of the
/// block, <c>net.Stem.Dense1.Weight</c>; of one that is repeated behind its number, <c>net.Layer1[0].Conv1.Weight</c>.
/// </summary>
/// <param name="model">The network.</param>
/// <param name="unusable">What every member does instead when the declaration has errors.</param>
internal sealed class ParametersWriter(NetworkModel model, string? unusable)
{
    private const string Core = "global::StaticNet.Execution.NetworkCore";

    public void Write(SourceWriter writer) => WriteMembers(writer, LayerTree.Of(model), "", "");

    /// <param name="writer">What is written to.</param>
    /// <param name="parent">The block whose members are written, or the network.</param>
    /// <param name="type">Its type.</param>
    /// <param name="first">Where its parameters begin in the text of its type: nothing for the network.</param>
    private void WriteMembers(SourceWriter writer, LayerTree parent, string type, string first)
    {
        var offset = 0;
        foreach (var child in parent.Children.Where(child => child.Parameters.Any()))
        {
            var childType = TypeOf($"{Capitalized(child.Name)}Parameters", parent, type);
            var summary = $"The parameters of {Escaped(child.Layer?.Text ?? child.Block!.Text)}";
            writer.Line().Line($"/// <summary>{summary}.</summary>");
            writer.Line($"public {childType} {Capitalized(child.Name)} => {unusable ?? $"new(_core, {first}{offset})"};");
            if (child.Layer is { } layer)
            {
                WriteType(writer, childType, $"{summary}, in PyTorch's shapes.", () => WriteViews(writer, layer));
            }
            else if (child.Block!.Repeat is not null)
            {
                WriteType(writer, childType, $"{summary}.", () => WriteRepetitions(writer, child, childType));
            }
            else
            {
                WriteType(writer, childType, $"{summary}.", () => WriteMembers(writer, child, childType, "_first + "));
            }

            offset += child.Parameters.Count();
        }
    }

    private static void WriteType(SourceWriter writer, string type, string summary, Action writeMembers)
    {
        writer.Line().Line($"/// <summary>{summary}</summary>");
        using (writer.Braces($"public readonly struct {type}"))
        {
            writer.Line($"private readonly {Core} _core;").Line("private readonly int _first;").Line();
            writer.Line($"internal {type}({Core} core, int first) => (_core, _first) = (core, first);");
            writeMembers();
        }
    }

    private void WriteViews(SourceWriter writer, LayerModel layer)
    {
        for (var i = 0; i < layer.Parameters.Count; i++)
        {
            var parameter = layer.Parameters[i];
            var leaf = parameter.Name.Substring(parameter.Name.LastIndexOf('.') + 1);
            writer.Line().Line($"/// <summary><c>{parameter.Name}</c>, [{string.Join(", ", parameter.Shape)}].</summary>");
            writer.Line($"public global::StaticNet.ParameterView {string.Concat(leaf.Split('_').Select(Capitalized))} => {unusable ?? $"_core.Parameter(_first + {i})"};");
        }
    }

    /// <summary>All repetitions have the same layers: one type does for them.</summary>
    private void WriteRepetitions(SourceWriter writer, LayerTree block, string type)
    {
        var (count, repetition) = (block.Children.Count, block.Children[0]);
        var item = TypeOf("RepetitionParameters", block, type);
        var at = $"new(_core, _first + (repetition * {repetition.Parameters.Count()}))";
        var outside = "throw new global::System.ArgumentOutOfRangeException(nameof(repetition))";
        writer.Line().Line("/// <summary>How often the block is repeated.</summary>");
        writer.Line($"public int Count => {count};");
        writer.Line().Line("/// <summary>The parameters of one repetition.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is none of this number.</exception>");
        writer.Line($"public {item} this[int repetition] => {unusable ?? $"(uint)repetition < {count}U\n    ? {at}\n    : {outside}"};");

        WriteType(
            writer, item, "The parameters of one repetition; names and shapes are those of the first.",
            () => WriteMembers(writer, repetition, item, "_first + "));
    }

    /// <summary>The name of a type in another: neither that one's nor one that a member beside it asks for.</summary>
    private static string TypeOf(string type, LayerTree parent, string enclosing)
    {
        var siblings = parent.Children.Select(child => $"{Capitalized(child.Name)}Parameters").Where(name => name != type).ToList();
        while (type == enclosing || siblings.Contains(type))
        {
            type = $"Nested{type}";
        }

        return type;
    }

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");
}
