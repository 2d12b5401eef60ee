namespace StaticNet;

/// <summary>
/// The largest value of each channel in the image: [height, width, channels] → [channels]. Of equal values the first gets the gradient, as
/// in PyTorch.
/// </summary>
public sealed class GlobalMaxPool2DAttribute : LayerAttribute;
