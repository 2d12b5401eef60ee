namespace StaticNet;

/// <summary>
/// The mean of each window, channel by channel: [length, channels] → [length′, channels], length′ = ⌊(length + border − size) / stride⌋ + 1.
/// </summary>
/// <param name="size">Cells of the window, at least 1.</param>
public sealed class AveragePool1DAttribute(int size) : AveragePoolingAttribute
{
    /// <summary>Cells of the window.</summary>
    public int Size { get; } = size;
}
