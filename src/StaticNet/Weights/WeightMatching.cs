using StaticNet.Execution;

namespace StaticNet;

/// <summary>Finds for each parameter the tensor of a file.</summary>
internal static class WeightMatching
{
    /// <summary>The pairs that fit, and the report on all.</summary>
    public static (List<(ParameterInfo Parameter, SafetensorsEntry Entry)> Pairs, LoadReport Report) Match(
        NetworkInfo info, IReadOnlyList<SafetensorsEntry> entries)
    {
        var names = SequentialNames.Of(info, entries);
        var rest = entries.ToDictionary(entry => names?.GetValueOrDefault(entry.Name) ?? entry.Name);
        var pairs = new List<(ParameterInfo, SafetensorsEntry)>();
        var missing = new List<string>();
        var mismatched = new List<WeightMismatch>();
        foreach (var parameter in info.Parameters)
        {
            if (!rest.Remove(parameter.Name, out var entry))
            {
                missing.Add(parameter.Name);
            }
            else if (!SafetensorsReader.IsReal(entry) || !entry.Shape.SequenceEqual(parameter.Shape.Select(extent => (long)extent)))
            {
                mismatched.Add(new WeightMismatch(
                    parameter.Name, Describe("F32", parameter.Shape), Describe(entry.Type, entry.Shape)));
            }
            else
            {
                pairs.Add((parameter, entry));
            }
        }

        // PyTorch counts the batches that running statistics have seen; nothing here depends on it.
        foreach (var statistics in info.Parameters.Where(parameter => parameter.IsState))
        {
            rest.Remove($"{statistics.Name[..Math.Max(0, statistics.Name.LastIndexOf('.'))]}.num_batches_tracked");
        }

        var unexpected = rest.Values.Select(entry => entry.Name).Order(StringComparer.Ordinal);
        return (pairs, new LoadReport([.. pairs.Select(pair => pair.Item1.Name)], missing, [.. unexpected], mismatched));
    }

    /// <summary>Reads every tensor before it changes the first parameter; clears the padding of those it changes.</summary>
    public static void Load(
        SafetensorsReader reader, List<(ParameterInfo Parameter, SafetensorsEntry Entry)> pairs, NetworkInfo info, Span<float> arena)
    {
        using var loaded = new AlignedMemory(info.ParameterFloats);
        var tensors = StoredTensor.Of(info, loaded.Address).ToDictionary(tensor => tensor.Name);
        foreach (var (parameter, entry) in pairs)
        {
            tensors[parameter.Name].CopyFrom(reader.Read(entry));
        }

        foreach (var (parameter, _) in pairs)
        {
            var (offset, length) = ((int)parameter.Offset, (int)parameter.Layout.Length);
            loaded.Span.Slice(offset, length).CopyTo(arena[offset..]);
        }
    }

    private static string Describe<T>(string type, T[] shape) => $"{type} [{string.Join(", ", shape)}]";
}
