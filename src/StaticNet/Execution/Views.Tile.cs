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
        var before = (int)Math.Clamp(-place, 0, size);
        var inside = (int)Math.Clamp(width - place, 0, size) - before;
        var floats = size * channels;
        for (var y = line; y < line + size; y++, to += floats)
        {
            if ((nuint)y >= (nuint)lines || inside <= 0)
            {
                new Span<float>(to, floats).Clear();
                continue;
            }

            new Span<float>(to, before * channels).Clear();
            CopyPlaces((float*)image + (((y * width) + place + before) * stride), stride, to + (before * channels), channels, inside);
            new Span<float>(to + ((before + inside) * channels), floats - ((before + inside) * channels)).Clear();
        }
    }

    private static void CopyPlaces(float* from, int stride, float* to, int channels, int places)
    {
        if (stride == channels)
        {
            new ReadOnlySpan<float>(from, places * channels).CopyTo(new Span<float>(to, places * channels));
            return;
        }

        for (var place = 0; place < places; place++)
        {
            new ReadOnlySpan<float>(from + (place * stride), channels).CopyTo(new Span<float>(to + (place * channels), channels));
        }
    }
}
