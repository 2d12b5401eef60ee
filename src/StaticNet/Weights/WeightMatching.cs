using StaticNet.Execution;

namespace StaticNet;

/// <summary>Finds for each parameter the tensor of a file.</summary>
internal static class WeightMatching
{
    /// <summary>The pairs that fit, in the network's order, and the report on all.</summary>
    /// <param name="info">The network.</param>
    /// <param name="entries">What the file has.</param>
    /// <param name="layout">How it has it.</param>
    /// <param name="names">From the network's names to the file's; null where they are to be found.</param>
    public static (List<(ParameterInfo Parameter, FileTensor Tensor)> Pairs, LoadReport Report) Match(
        NetworkInfo info, IReadOnlyList<SafetensorsEntry> entries, WeightLayout layout, Func<string, string>? names)
    {
        var tensors = FileTensor.Read(info, entries, layout);
        IReadOnlySet<string> ambiguous = new HashSet<string>();
        var theirs = names is not null ? ByName(tensors, info.Parameters.ToDictionary(parameter => parameter.Name, parameter => names(parameter.Name)))
            : Named(info, tensors) ?? Numbered(info, tensors, out ambiguous);
        var pairs = new List<(ParameterInfo Parameter, FileTensor Tensor)>();
        var missing = new List<string>();
        var mismatched = new List<WeightMismatch>();
        foreach (var parameter in info.Parameters)
        {
            if (!theirs.TryGetValue(parameter.Name, out var tensor))
            {
                missing.Add(parameter.Name);
            }
            else if (!SafetensorsReader.IsReal(tensor.Entry) || !Fits(parameter, tensor))
            {
                mismatched.Add(new(parameter.Name, Describe("F32", parameter.Shape), Describe(tensor.Entry.Type, tensor.Entry.Shape)));
            }
            else
            {
                pairs.Add((parameter, tensor));
            }
        }

        var report = new LoadReport(pairs.ToDictionary(pair => pair.Parameter.Name, pair => pair.Tensor.Entry.Name))
        {
            Missing = missing,
            Ambiguous = [.. missing.Where(name => ambiguous.Contains(FileTensor.Split(name, '.').Layer))],
            Unexpected = [.. tensors.Except(theirs.Values).Select(tensor => tensor.Entry.Name).Order(StringComparer.Ordinal)],
            Mismatched = mismatched,
            Layout = layout,
        };
        return (pairs, report);
    }

    /// <summary>Reads every tensor before it changes the first parameter; clears the padding of those it changes.</summary>
    public static void Load(
        SafetensorsReader reader, List<(ParameterInfo Parameter, FileTensor Tensor)> pairs, WeightLayout layout, NetworkInfo info, Span<float> arena)
    {
        using var loaded = new AlignedMemory(info.ParameterFloats);
        var stored = StoredTensor.Of(info, loaded.Address).ToDictionary(tensor => tensor.Name);
        foreach (var (parameter, tensor) in pairs)
        {
            stored[parameter.Name].CopyFrom(reader.Tensor(tensor.Entry), layout);
        }

        foreach (var (parameter, _) in pairs)
        {
            var (offset, length) = ((int)parameter.Offset, (int)parameter.Layout.Length);
            loaded.Span.Slice(offset, length).CopyTo(arena[offset..]);
        }
    }

    /// <summary>
    /// Tensors that have the network's names, all behind the same prefix if any (<c>module.</c>, <c>_orig_mod.</c>, <c>model.</c>). Null unless
    /// one side has no name that the other has not: <c>conv1</c> may be the second of <c>conv0</c>, <c>conv1</c>.
    /// </summary>
    private static Dictionary<string, FileTensor>? Named(NetworkInfo info, List<FileTensor> tensors)
    {
        var ours = info.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var prefix = "";
        while (tensors.Count > 0 && tensors.TrueForAll(tensor => tensor.Entry.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var names = tensors.Select(tensor => tensor.Entry.Name[prefix.Length..]).ToHashSet();
            if (names.IsSubsetOf(ours) || names.IsSupersetOf(ours))
            {
                return ByName(tensors, info.Parameters.ToDictionary(parameter => parameter.Name, parameter => prefix + parameter.Name));
            }

            var dot = tensors[0].Entry.Name.IndexOf('.', prefix.Length);
            if (dot < 0)
            {
                break;
            }

            prefix = tensors[0].Entry.Name[..(dot + 1)];
        }

        return null;
    }

    /// <summary>Tensors of layers that match; of the others those that have the network's names after all.</summary>
    private static Dictionary<string, FileTensor> Numbered(NetworkInfo info, List<FileTensor> tensors, out IReadOnlySet<string> ambiguous)
    {
        var matching = LayerMatching.Of(info, tensors.Where(tensor => SafetensorsReader.IsReal(tensor.Entry)));
        ambiguous = matching.Ambiguous;
        var layers = tensors.ToLookup(tensor => tensor.Layer);
        var found = new Dictionary<string, FileTensor>();
        foreach (var parameter in info.Parameters)
        {
            var (layer, leaf) = FileTensor.Split(parameter.Name, '.');
            if (matching.Pairs.TryGetValue(layer, out var theirs))
            {
                found.Add(parameter.Name, layers[theirs].First(tensor => tensor.Leaf == leaf));
            }
        }

        var rest = info.Parameters.Select(parameter => parameter.Name).Where(name => !found.ContainsKey(name));
        foreach (var (name, tensor) in ByName([.. tensors.Except(found.Values)], rest.ToDictionary(name => name)))
        {
            found.Add(name, tensor);
        }

        return found;
    }

    private static Dictionary<string, FileTensor> ByName(List<FileTensor> tensors, Dictionary<string, string> names)
    {
        var theirs = tensors.ToDictionary(tensor => tensor.Entry.Name);
        return names.Where(pair => theirs.ContainsKey(pair.Value)).ToDictionary(pair => pair.Key, pair => theirs[pair.Value]);
    }

    private static bool Fits(ParameterInfo parameter, FileTensor tensor) =>
        tensor.Shape.SequenceEqual(parameter.Shape.Select(extent => (long)extent));

    private static string Describe<T>(string type, T[] shape) => $"{type} [{string.Join(", ", shape)}]";
}
