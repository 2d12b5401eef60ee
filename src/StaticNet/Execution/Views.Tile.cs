namespace StaticNet.Execution;

/// <summary>Tiles at the edge of an image.</summary>
public static unsafe partial class Views
{
    /// <summary>Copies a square of places of an image, zeros where they lie outside, to places that follow each other. Strides are in floats.</summary>
    /// <param name="image">The first place of the image.</param>
    /// <param name="lines">Lines of the image.</param>
    /// <param name="width">Places of a line.</param>
    /// <param name="stride">From one place to the next.</param>
    /// <param name="channels">Channels of a place.</param>
    /// <param name="line">The tile's first line, negative above the image.</param>
    /// <param name="place">The tile's first place in a line, negative before it.</param>
    /// <param name="size">Places along each side of the tile.</param>
    /// <param name="tile">Its places, of so many channels.</param>
    public static void CopyTile(nint image, int lines, int width, int stride, int channels, nint line, nint place, int size, nint tile)
    {
        var to = (float*)tile;
        for (var y = line; y < line + size; y++)
        {
            for (var x = place; x < place + size; x++, to += channels)
            {
                var target = new Span<float>(to, channels);
                if ((nuint)y < (nuint)lines && (nuint)x < (nuint)width)
                {
                    new ReadOnlySpan<float>((float*)image + (((y * width) + x) * stride), channels).CopyTo(target);
                }
                else
                {
                    target.Clear();
                }
            }
        }
    }
}
