namespace StaticNet;

/// <summary>
/// Takes the axes of a sample as one, the last running fastest: [a, b, c] → [a·b·c]. Nothing moves. An image is flattened as height, width,
/// channels; PyTorch flattens channels, height, width, so that the weights of a dense layer that follows have their columns in another
/// order there.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute;
