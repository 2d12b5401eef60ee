using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Finds the layers of a network in a file that names them otherwise. Layers of the same tensors with the same shapes are taken in the order
/// of their numbers, the network's in the order of the declaration. Where names have no order, or file and network have not as many, it is
/// tried by parts: layers on the way around a residual for themselves, normalisations by the layers that they follow. What is not certain
/// then is left out.
/// </summary>
internal sealed class LayerMatching
{
    private readonly Dictionary<string, string> _pairs = [];
    private readonly HashSet<string> _ambiguous = [];

    private LayerMatching()
    {
    }

    /// <summary>From the network's names of layers to the file's.</summary>
    public IReadOnlyDictionary<string, string> Pairs => _pairs;

    /// <summary>The network's layers that may be one or another of the file.</summary>
    public IReadOnlySet<string> Ambiguous => _ambiguous;

    /// <summary>Matches whole layers.</summary>
    public static LayerMatching Of(NetworkInfo info, IEnumerable<FileTensor> tensors)
    {
        var ours = Layer.Group(info.Parameters.Select(parameter =>
        {
            var (layer, leaf) = FileTensor.Split(parameter.Name, '.');
            return (layer, leaf, Array.ConvertAll(parameter.Shape, extent => (long)extent));
        }));
        var theirs = Layer.Group(tensors.Select(tensor => (tensor.Layer, tensor.Leaf, tensor.Shape)));
        for (var i = 1; i < ours.Count; i++)
        {
            ours[i].Before = ours[i - 1].HasWeights ? ours[i - 1].Signature : "";
        }

        var signatures = theirs.ToDictionary(layer => layer.Name);
        var weights = theirs.Where(layer => layer.HasWeights).Select(layer => layer.Name).ToList();
        foreach (var layer in theirs.Where(layer => !layer.HasWeights))
        {
            layer.Before = LayerNames.Before(layer.Name, weights) is { } before ? signatures[before].Signature : "";
        }

        var matching = new LayerMatching();
        foreach (var group in ours.GroupBy(layer => layer.Signature))
        {
            matching.Match([.. group], [.. theirs.Where(layer => layer.Signature == group.Key)]);
        }

        return matching;
    }

    /// <summary>Layers of one signature: all in order, or by finer and finer parts.</summary>
    private void Match(List<Layer> ours, List<Layer> theirs)
    {
        if (theirs.Count == 0)
        {
            return;
        }

        theirs.Sort((a, b) => LayerNames.Compare(a.Name, b.Name) ?? string.CompareOrdinal(a.Name, b.Name));
        Func<Layer, string>[] keys = [_ => "", layer => $"{layer.IsShortcut}", layer => $"{layer.IsShortcut}{layer.Before}"];
        var hasBoth = ours.Any(layer => layer.IsShortcut) && ours.Any(layer => !layer.IsShortcut);
        var key = keys.Skip(hasBoth ? 1 : 0).FirstOrDefault(key => Parts(ours, theirs, key).All(IsCertain)) ?? keys[^1];
        foreach (var part in Parts(ours, theirs, key))
        {
            if (!IsCertain(part))
            {
                _ambiguous.UnionWith(part.Ours.Select(layer => layer.Name));
                continue;
            }

            foreach (var (own, their) in part.Ours.Zip(part.Theirs))
            {
                _pairs.Add(own.Name, their.Name);
            }
        }
    }

    private static IEnumerable<(List<Layer> Ours, List<Layer> Theirs)> Parts(List<Layer> ours, List<Layer> theirs, Func<Layer, string> key)
    {
        var parts = theirs.ToLookup(key);
        return ours.GroupBy(key).Select(part => (part.ToList(), parts[part.Key].ToList()));
    }

    /// <summary>Whether there are as many of both, and theirs have an order.</summary>
    private static bool IsCertain((List<Layer> Ours, List<Layer> Theirs) part) => part.Ours.Count == part.Theirs.Count
        && part.Theirs.Zip(part.Theirs.Skip(1), (a, b) => LayerNames.Compare(a.Name, b.Name)).All(order => order < 0);

    /// <param name="Name">In the network or in the file.</param>
    /// <param name="Signature">Its tensors: their names and shapes.</param>
    /// <param name="HasWeights">Whether one of them has several axes.</param>
    private sealed record Layer(string Name, string Signature, bool HasWeights)
    {
        public bool IsShortcut { get; } = LayerNames.IsShortcut(Name);

        /// <summary>The signature of the layer that it follows; empty where that is not known or makes no difference.</summary>
        public string Before { get; set; } = "";

        public static List<Layer> Group(IEnumerable<(string Layer, string Leaf, long[] Shape)> tensors) =>
        [
            .. from tensor in tensors
               group tensor by tensor.Layer into layer
               let texts = layer.Select(tensor => $"{tensor.Leaf} [{string.Join(", ", tensor.Shape)}]").Order(StringComparer.Ordinal)
               select new Layer(layer.Key, string.Join(", ", texts), layer.Any(tensor => tensor.Shape.Length > 1)),
        ];
    }
}
