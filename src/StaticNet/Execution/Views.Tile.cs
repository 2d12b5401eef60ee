using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>Lines of an image with zeros around them.</summary>
public static unsafe partial class Views
{
    /// <summary>
    /// Copies a band of an image, zeros where it lies outside, so that tiles can be cut from it without a thought of edges. Strides are in
    /// floats; what lies between places is copied with them.
    /// </summary>
    /// <param name="image">The first place of the image.</param>
    /// <param name="lines">Lines of the image.</param>
    /// <param name="width">Places of a line.</param>
    /// <param name="stride">From one place to the next, here and there.</param>
    /// <param name="line">The band's first line, negative above the image.</param>
    /// <param name="place">The first place of its lines, negative before the image's.</param>
    /// <param name="bandLines">Lines of the band.</param>
    /// <param name="bandWidth">Places of a line of the band.</param>
    /// <param name="band">Where it goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyBand(nint image, int lines, int width, int stride, nint line, nint place, int bandLines, int bandWidth, nint band)
    {
        var to = (float*)band;
        var before = (int)Math.Clamp(-place, 0, bandWidth);
        var inside = (int)Math.Clamp(width - place, 0, bandWidth) - before;
        for (var y = line; y < line + bandLines; y++)
        {
            var target = new Span<float>(to, bandWidth * stride);
            to += bandWidth * stride;
            if ((nuint)y >= (nuint)lines || inside <= 0)
            {
                target.Clear();
                continue;
            }

            target[..(before * stride)].Clear();
            new ReadOnlySpan<float>((float*)image + (((y * width) + place + before) * stride), inside * stride).CopyTo(target[(before * stride)..]);
            target[((before + inside) * stride)..].Clear();
        }
    }
}
