namespace StaticNet;

/// <summary>The mean of each channel over the image: [height, width, channels] → [channels].</summary>
public sealed class GlobalAveragePool2DAttribute : LayerAttribute;
