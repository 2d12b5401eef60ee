namespace StaticNet;

/// <summary>Zeros around an image: [height, width, channels] → [top + height + bottom, left + width + right, channels].</summary>
public sealed class ZeroPad2DAttribute : LayerAttribute
{
    /// <summary>As many zeros on every side.</summary>
    /// <param name="padding">Rows above and below, columns left and right; at least 0.</param>
    public ZeroPad2DAttribute(int padding)
        : this(padding, padding, padding, padding)
    {
    }

    /// <summary>Zeros on each side.</summary>
    /// <param name="top">Rows above, at least 0.</param>
    /// <param name="bottom">Rows below, at least 0.</param>
    /// <param name="left">Columns to the left, at least 0.</param>
    /// <param name="right">Columns to the right, at least 0.</param>
    public ZeroPad2DAttribute(int top, int bottom, int left, int right) => (Top, Bottom, Left, Right) = (top, bottom, left, right);

    /// <summary>Rows above.</summary>
    public int Top { get; }

    /// <summary>Rows below.</summary>
    public int Bottom { get; }

    /// <summary>Columns to the left.</summary>
    public int Left { get; }

    /// <summary>Columns to the right.</summary>
    public int Right { get; }
}
