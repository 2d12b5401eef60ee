namespace StaticNet;

/// <summary>
/// The mean of each window, channel by channel: [height, width, channels] → [height′, width′, channels], height′ = ⌊(height + border − size) / stride⌋ + 1.
/// </summary>
public sealed class AveragePool2DAttribute : AveragePoolingAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="size">Height and width of the window, at least 1.</param>
    public AveragePool2DAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>A window of any shape.</summary>
    /// <param name="height">Height of the window, at least 1.</param>
    /// <param name="width">Width of the window, at least 1.</param>
    public AveragePool2DAttribute(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Height of the window.</summary>
    public int Height { get; }

    /// <summary>Width of the window.</summary>
    public int Width { get; }
}
