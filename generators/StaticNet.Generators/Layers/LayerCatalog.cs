namespace StaticNet.Generators.Layers;

/// <summary>All layers and losses by the name of their attribute. Adding a layer is an attribute, a file in this folder and a line here.</summary>
internal static class LayerCatalog
{
    public static readonly IReadOnlyDictionary<string, Func<Arguments, DeclaredPart>> Parts =
        new Dictionary<string, Func<Arguments, DeclaredPart>>(StringComparer.Ordinal)
        {
            ["Input"] = arguments => new Input(arguments),
            ["Flatten"] = arguments => new Flatten(arguments),
            ["Dense"] = arguments => new Dense(arguments),
            ["Relu"] = arguments => new Relu(arguments),
            ["SoftmaxCrossEntropy"] = arguments => new SoftmaxCrossEntropy(arguments),
        };
}
