using System.Globalization;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>The table that tells about a network: layer, output shape, parameters, multiply-adds.</summary>
internal static class SummaryTable
{
    public static long Parameters(NetworkModel model) => model.Layers.Sum(l => Parameters(l));

    public static long Parameters(LayerModel layer) => layer.Parameters.Where(p => !p.IsState).Sum(p => (long)p.Size);

    public static long MultiplyAdds(NetworkModel model) => model.Layers.Sum(l => l.MultiplyAdds);

    public static string Text(EquatableArray<int> shape) => string.Join("×", shape);

    /// <summary>The table as lines of text in columns.</summary>
    public static IReadOnlyList<string> Lines(NetworkModel model)
    {
        List<string[]> rows = [["layer", "declared", "output", "parameters", "multiply-adds"]];
        rows.AddRange(model.Inputs.Select(i => new[] { i.Name, $"Input({string.Join(", ", i.Shape)})", Text(i.Shape), "", "" }));
        rows.AddRange(model.Layers.Select(l => new[] { l.Name, l.Text, Text(l.Shape), Number(Parameters(l)), Number(l.MultiplyAdds) }));
        rows.Add(["total", "", "", Number(Parameters(model)), Number(MultiplyAdds(model))]);
        var widths = Enumerable.Range(0, 5).Select(c => rows.Max(r => r[c].Length)).ToArray();
        return [.. rows.Select(r => string.Join("  ", r.Select((cell, c) => c < 3 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd())];
    }

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}
