namespace StaticNet;

/// <summary>
/// The largest value of each window, channel by channel: [height, width, channels] → [height′, width′, channels], height′ = ⌊(height + border − size) / stride⌋ + 1.
/// Cells of the border do not count. Of equal values the first gets the gradient, as in PyTorch; NaN counts as the largest.
/// </summary>
public sealed class MaxPool2DAttribute : PoolingAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="size">Height and width of the window, at least 1.</param>
    public MaxPool2DAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>A window of any shape.</summary>
    /// <param name="height">Height of the window, at least 1.</param>
    /// <param name="width">Width of the window, at least 1.</param>
    public MaxPool2DAttribute(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Height of the window.</summary>
    public int Height { get; }

    /// <summary>Width of the window.</summary>
    public int Width { get; }
}
