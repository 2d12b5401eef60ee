namespace StaticNet;

/// <summary>
/// The same numbers in the same order under another shape, the last axis running fastest. Nothing moves. Images are height, width,
/// channels: what PyTorch reshapes as channels, height, width is in another order there, in which the rows of a dense layer before an image
/// are shown and saved.
/// </summary>
/// <param name="shape">The extents of a sample, as many numbers in all as there are: <c>[Reshape(4, 4, 8)]</c>.</param>
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The extents of a sample, outermost axis first.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;
}
