namespace StaticNet.Execution;

/// <summary>A step of what happens to images on their way from a data set into a batch. It has no state, so threads may share it.</summary>
internal abstract class ImageStage(ImageSize from, ImageSize to)
{
    /// <summary>What it takes.</summary>
    public ImageSize From { get; } = from;

    /// <summary>What it gives.</summary>
    public ImageSize To { get; } = to;

    /// <summary>Makes an image of another.</summary>
    /// <param name="source">An image of the size <see cref="From"/>.</param>
    /// <param name="destination">Gets one of the size <see cref="To"/>; elsewhere in memory.</param>
    /// <param name="draw">What is left to chance; null to leave nothing to it, as in evaluation.</param>
    public abstract void Apply(ReadOnlySpan<float> source, Span<float> destination, StageDraw? draw);
}
