namespace StaticNet;

/// <summary>
/// The largest value of each window, channel by channel: [length, channels] → [length′, channels], length′ = ⌊(length + border − size) / stride⌋ + 1.
/// Cells of the border do not count. Of equal values the first gets the gradient, as in PyTorch; NaN counts as the largest.
/// </summary>
/// <param name="size">Cells of the window, at least 1.</param>
public sealed class MaxPool1DAttribute(int size) : PoolingAttribute
{
    /// <summary>Cells of the window.</summary>
    public int Size { get; } = size;
}
