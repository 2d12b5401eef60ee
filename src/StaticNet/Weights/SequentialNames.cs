using System.Globalization;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// The names that PyTorch's <c>nn.Sequential</c> gives: <c>0.weight</c>, <c>0.bias</c>, <c>2.weight</c>, perhaps all behind one prefix.
/// The numbers count modules without parameters too, so only their order tells which layer is meant.
/// </summary>
internal static class SequentialNames
{
    /// <summary>From the names of a file to those of the network, or null when the file does not number its layers.</summary>
    public static Dictionary<string, string>? Of(NetworkInfo info, IReadOnlyList<SafetensorsEntry> entries)
    {
        var known = info.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var layers = new SortedDictionary<int, List<string>>();
        string? prefix = null;
        foreach (var entry in entries)
        {
            if (known.Contains(entry.Name) || !TryParse(entry.Name, out var front, out var number) || (prefix ??= front) != front)
            {
                return null;
            }

            layers.TryAdd(number, []);
            layers[number].Add(entry.Name);
        }

        var names = new Dictionary<string, string>();
        var ours = info.Parameters.Select(parameter => Layer(parameter.Name)).Distinct();
        foreach (var (layer, members) in ours.Zip(layers.Values))
        {
            foreach (var name in members)
            {
                names[name] = $"{layer}.{name[(name.LastIndexOf('.') + 1)..]}";
            }
        }

        return names;
    }

    private static string Layer(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    private static bool TryParse(string name, out string prefix, out int number)
    {
        var layer = Layer(name);
        var dot = layer.LastIndexOf('.') + 1;
        prefix = layer[..dot];

        // Nobody numbers a layer 00; were it taken for 0, two tensors of a file would be one.
        return int.TryParse(layer.AsSpan(dot), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && layer.AsSpan(dot).SequenceEqual(number.ToString(CultureInfo.InvariantCulture));
    }
}
