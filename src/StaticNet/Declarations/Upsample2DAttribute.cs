namespace StaticNet;

/// <summary>Makes an image larger: [height, width, channels] → [factor · height, factor · width, channels].</summary>
/// <param name="factor">Cells for each cell along both axes, at least 1.</param>
public sealed class Upsample2DAttribute(int factor) : LayerAttribute
{
    /// <summary>Cells for each cell along both axes.</summary>
    public int Factor { get; } = factor;

    /// <summary>How the new cells come about.</summary>
    public Interpolation Mode { get; set; }
}
