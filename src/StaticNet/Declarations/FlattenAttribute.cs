namespace StaticNet;

/// <summary>
/// Takes the axes of a sample as one, the last running fastest: [a, b, c] → [a·b·c]. Nothing moves. An image is flattened as height, width,
/// channels; PyTorch flattens channels, height, width. Weights of a dense layer that follows are shown and saved in PyTorch's order, so that
/// files fit both.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute;
