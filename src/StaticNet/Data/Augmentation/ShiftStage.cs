namespace StaticNet.Execution;

/// <summary>Moves an image by whole pixels along both axes.</summary>
internal sealed class ShiftStage(ImageSize size, int pixels, float fill) : ImageStage(size, size)
{
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, StageDraw? draw)
    {
        var (down, right) = draw?.Below((2 * pixels) + 1, (2 * pixels) + 1) ?? (pixels, pixels);
        Move(source, destination, down - pixels, right - pixels);
    }

    private void Move(ReadOnlySpan<float> source, Span<float> destination, int down, int right)
    {
        var row = From.RowLength;
        var kept = row - (Math.Abs(right) * From.Channels);
        var (from, to) = (Math.Max(0, -right) * From.Channels, Math.Max(0, right) * From.Channels);
        for (var y = 0; y < From.Height; y++, destination = destination[row..])
        {
            var target = destination[..row];
            var origin = y - down;
            if ((uint)origin >= (uint)From.Height)
            {
                target.Fill(fill);
                continue;
            }

            target[..to].Fill(fill);
            source.Slice((origin * row) + from, kept).CopyTo(target[to..]);
            target[(to + kept)..].Fill(fill);
        }
    }
}
