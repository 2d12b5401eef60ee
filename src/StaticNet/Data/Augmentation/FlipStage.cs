namespace StaticNet.Execution;

/// <summary>Mirrors an image, left to right or top to bottom.</summary>
internal sealed class FlipStage(ImageSize size, bool horizontal, double probability) : ImageStage(size, size)
{
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, StageDraw? draw)
    {
        if (draw is not { } chance || chance.Uniform >= probability)
        {
            source.CopyTo(destination);
            return;
        }

        var row = From.RowLength;
        for (var y = 0; y < From.Height; y++)
        {
            var target = destination.Slice(y * row, row);
            if (horizontal)
            {
                Mirror(source.Slice(y * row, row), target);
            }
            else
            {
                source.Slice((From.Height - 1 - y) * row, row).CopyTo(target);
            }
        }
    }

    private void Mirror(ReadOnlySpan<float> source, Span<float> target)
    {
        if (From.Channels == 1)
        {
            source.CopyTo(target);
            target.Reverse();
            return;
        }

        for (var x = 0; x < source.Length; x += From.Channels)
        {
            source.Slice(x, From.Channels).CopyTo(target[(source.Length - From.Channels - x)..]);
        }
    }
}
