namespace StaticNet.Execution;

/// <summary>Cuts a smaller image out; its middle when nothing is left to chance.</summary>
internal sealed class CropStage(ImageSize from, ImageSize to) : ImageStage(from, to)
{
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, StageDraw? draw)
    {
        var (down, right) = (From.Height - To.Height, From.Width - To.Width);
        var (top, left) = draw?.Below(down + 1, right + 1) ?? (down / 2, right / 2);
        for (var y = 0; y < To.Height; y++)
        {
            source.Slice(((top + y) * From.RowLength) + (left * From.Channels), To.RowLength)
                .CopyTo(destination[(y * To.RowLength)..]);
        }
    }
}
