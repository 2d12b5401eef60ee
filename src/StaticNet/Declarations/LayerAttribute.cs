namespace StaticNet;

/// <summary>A layer: it takes the value of the layer before it, or of those it names, and gives one value.</summary>
public abstract class LayerAttribute : DeclarationAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The name of this layer's value, by which later layers can take it, and of its parameters: an identifier that no other layer has.
    /// Without one a layer is called by its kind and ordinal: <c>dense1</c>, <c>relu2</c>.
    /// </summary>
    public string? As { get; set; }

    /// <summary>The name of the input or layer whose value this layer takes, instead of the layer before it.</summary>
    public string? From { get; set; }
}
