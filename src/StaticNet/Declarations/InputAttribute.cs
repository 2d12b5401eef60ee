namespace StaticNet;

/// <summary>
/// An input of the network and the shape of one sample of it, outermost axis first; images are height, width, channels. Inputs come
/// before all layers. A network with several has as many parameters in <c>Predict</c>, in this order, and its first layer must say
/// <see cref="LayerAttribute.From"/>.
/// </summary>
/// <param name="shape">The extents of one sample, each at least 1: <c>[Input(784)]</c>, <c>[Input(28, 28, 1)]</c>.</param>
public sealed class InputAttribute(params int[] shape) : DeclarationAttribute
{
    /// <summary>The extents of one sample, outermost axis first.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>
    /// The order of an image's axes: <see cref="Layout.CHW"/> for an input that is declared, and given, as channels, height, width. Layers
    /// see height, width, channels in either case.
    /// </summary>
    public Layout Layout { get; set; }

    /// <summary>The name of the input; <c>input</c> unless it is given, <c>input1</c>, <c>input2</c> where there are several.</summary>
    public string? As { get; set; }
}
