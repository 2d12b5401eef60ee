using System.Globalization;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>
/// The table that tells about a network: layer, declaration, output shape, parameters, multiply-adds and, for one sample, the bytes of
/// the output. Layers of a block are indented below it.
/// </summary>
internal static class SummaryTable
{
    private static readonly string[] Head = ["layer", "declared", "output", "parameters", "multiply-adds", "activation bytes"];

    /// <summary>Columns of words; those after are of numbers.</summary>
    private const int TextColumns = 3;

    public static long Parameters(NetworkModel model) => model.Layers.Sum(l => Parameters(l));

    public static long Parameters(LayerModel layer) => layer.Parameters.Where(p => !p.IsState).Sum(p => (long)p.Size);

    public static long MultiplyAdds(NetworkModel model) => model.Layers.Sum(l => l.MultiplyAdds);

    public static string Text(EquatableArray<int> shape) => string.Join("×", shape);

    /// <summary>The table as lines of text in columns.</summary>
    public static IReadOnlyList<string> Lines(NetworkModel model)
    {
        List<string[]> rows = [Head];
        rows.AddRange(model.Inputs.Select(i => new[] { i.Name, Declared(i), Text(i.Shape), "", "", Number(Bytes(i.Shape)) }));
        AddRows(rows, LayerTree.Of(model), "");
        var activations = model.Inputs.Select(i => i.Shape).Concat(model.Layers.Select(l => l.Shape)).Sum(Bytes);
        rows.Add(["total", "", "", Number(Parameters(model)), Number(MultiplyAdds(model)), Number(activations)]);
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, column) => Padded(cell, column, widths[column]))).TrimEnd())];
    }

    public static string Declared(InputModel input) => $"Input({string.Join(", ", input.Shape)})";

    private static void AddRows(List<string[]> rows, LayerTree parent, string indentation)
    {
        foreach (var child in parent.Children)
        {
            var name = indentation + child.Name;
            rows.Add(child.Layer is { } layer
                ? [name, layer.Text, Text(layer.Shape), Number(Parameters(layer)), Number(layer.MultiplyAdds), Number(Bytes(layer.Shape))]
                : [name, child.Block?.ToString() ?? "", "", "", "", ""]);
            AddRows(rows, child, $"{indentation}  ");
        }
    }

    private static long Bytes(EquatableArray<int> shape) => shape.Aggregate(4L, (bytes, extent) => bytes * extent);

    private static string Padded(string cell, int column, int width) => column < TextColumns ? cell.PadRight(width) : cell.PadLeft(width);

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}
