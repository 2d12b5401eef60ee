using StaticNet.Execution;

namespace StaticNet;

/// <summary>A tensor of a file as the network would name and shape it.</summary>
/// <param name="Entry">What the file has.</param>
/// <param name="Layer">The name of its layer in the file.</param>
/// <param name="Leaf">Its name in the layer, in PyTorch's words: <c>weight</c>.</param>
/// <param name="Shape">Its shape, in PyTorch's order.</param>
internal sealed record FileTensor(SafetensorsEntry Entry, string Layer, string Leaf, long[] Shape)
{
    private static readonly Dictionary<string, string> s_leavesOfKeras = new()
    {
        ["kernel"] = "weight",
        ["depthwise_kernel"] = "weight",
        ["gamma"] = "weight",
        ["bias"] = "bias",
        ["beta"] = "bias",
        ["moving_mean"] = "running_mean",
        ["moving_variance"] = "running_var",
    };

    /// <summary>The tensors of a file, without PyTorch's counts of the batches that running statistics have seen: nothing here depends on them.</summary>
    public static List<FileTensor> Read(NetworkInfo info, IReadOnlyList<SafetensorsEntry> entries, WeightLayout layout)
    {
        if (layout == WeightLayout.Keras)
        {
            var shapes = info.Parameters.Select(parameter => string.Join(",", parameter.Shape)).ToHashSet();
            return [.. entries.GroupBy(entry => Split(entry.Name, '/').Layer).SelectMany(layer => OfKeras(layer.Key, [.. layer], shapes))];
        }

        var names = entries.Select(entry => entry.Name).ToHashSet();
        return
        [
            .. from entry in entries
               let name = Split(entry.Name, '.')
               where name.Leaf != "num_batches_tracked" || !names.Contains($"{name.Layer}.running_mean")
               select new FileTensor(entry, name.Layer, name.Leaf, entry.Shape),
        ];
    }

    /// <summary>Splits a name at the last separator.</summary>
    public static (string Layer, string Leaf) Split(string name, char separator)
    {
        var end = name.LastIndexOf(separator);
        return (name[..Math.Max(0, end)], name[(end + 1)..]);
    }

    /// <summary>One layer of Keras, whose tensors may be numbered in the order in which they are declared.</summary>
    private static IEnumerable<FileTensor> OfKeras(string layer, SafetensorsEntry[] entries, HashSet<string> shapes)
    {
        var isNumbered = Split(layer, '/').Leaf == "vars";
        var isSeparable = isNumbered
            ? entries.Count(entry => entry.Shape.Length == 4) == 2
            : entries.Any(entry => LeafOf(entry).StartsWith("pointwise_kernel", StringComparison.Ordinal));
        string[] numbered = isSeparable ? ["depthwise_kernel", "pointwise_kernel", "bias"]
            : entries.Any(entry => entry.Shape.Length > 1) ? ["kernel", "bias"]
            : ["gamma", "beta", "moving_mean", "moving_variance"];
        foreach (var entry in entries)
        {
            var leaf = LeafOf(entry);
            leaf = isNumbered && int.TryParse(leaf, out var number) && number >= 0 && number < numbered.Length ? numbered[number] : leaf;
            long[] shape = (leaf, entry.Shape) switch
            {
                ("gamma" or "beta", [var height, var width, var channels]) => [channels, height, width],
                _ => ShapeOfKeras(entry.Shape, leaf == "depthwise_kernel", shapes),
            };
            var ours = isSeparable ? leaf.Replace("kernel", "weight", StringComparison.Ordinal) : s_leavesOfKeras.GetValueOrDefault(leaf, leaf);
            yield return new(entry, isNumbered ? Split(layer, '/').Layer : layer, ours, shape);
        }

        static string LeafOf(SafetensorsEntry entry) => Split(entry.Name, '/').Leaf.Split(':')[0];
    }

    /// <summary>What PyTorch has for [in, out] and [window, in, out], and for [window, in, multiplier] where each channel has windows of its own.</summary>
    private static long[] ShapeOfKeras(long[] shape, bool isDepthwise, HashSet<string> shapes)
    {
        if (shape.Length < 2)
        {
            return shape;
        }

        long[] usual = [shape[^1], shape[^2], .. shape[..^2]];
        long[] depthwise = [shape[^1] * shape[^2], 1, .. shape[..^2]];
        var isChannelwise = isDepthwise || (shape.Length > 2 && !shapes.Contains(string.Join(",", usual)) && shapes.Contains(string.Join(",", depthwise)));
        return isChannelwise ? depthwise : usual;
    }
}
