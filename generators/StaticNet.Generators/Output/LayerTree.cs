using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>The layers of a network as they are nested in blocks, by their names.</summary>
/// <param name="name">What it is called where it is: <c>conv1</c>, or the number of a repetition; empty for the network.</param>
internal sealed class LayerTree(string name)
{
    private readonly List<LayerTree> _children = [];

    public string Name => name;

    /// <summary>The layer; null for blocks.</summary>
    public LayerModel? Layer { get; private set; }

    /// <summary>The use of a block; null for layers, for single repetitions and for the network.</summary>
    public BlockModel? Block { get; private set; }

    /// <summary>The layers and blocks inside, in order; of a repeated block the repetitions.</summary>
    public IReadOnlyList<LayerTree> Children => _children;

    /// <summary>The parameters of all layers here, in order.</summary>
    public IEnumerable<ParameterSpec> Parameters =>
        Layer is { } layer ? layer.Parameters : _children.SelectMany(child => child.Parameters);

    public static LayerTree Of(NetworkModel model)
    {
        var blocks = model.Blocks.ToDictionary(block => block.Name, StringComparer.Ordinal);
        var network = new LayerTree("");
        foreach (var layer in model.Layers)
        {
            var node = network;
            for (var dot = -1; dot < layer.Name.Length;)
            {
                var start = dot + 1;
                dot = layer.Name.IndexOf('.', start) is >= 0 and var next ? next : layer.Name.Length;
                node = node.Child(layer.Name.Substring(start, dot - start));
                node.Block = blocks.TryGetValue(layer.Name.Substring(0, dot), out var block) ? block : null;
            }

            node.Layer = layer;
        }

        return network;
    }

    /// <summary>Layers come block by block: what has a name already is the last one.</summary>
    private LayerTree Child(string child)
    {
        if (_children.Count == 0 || _children[_children.Count - 1].Name != child)
        {
            _children.Add(new(child));
        }

        return _children[_children.Count - 1];
    }
}
