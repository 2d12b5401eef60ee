namespace StaticNet;

/// <summary>What the layers have in common that make one value of each window of their input, channel by channel.</summary>
public abstract class PoolingAttribute : LayerAttribute
{
    private protected PoolingAttribute()
    {
    }

    /// <summary>
    /// Cells from one window to the next, along every axis; at least 1. Unless it is given, windows lie side by side: the stride is the size
    /// of the window.
    /// </summary>
    public int Stride { get; set; }

    /// <summary>How much border windows may reach into.</summary>
    public Padding Padding { get; set; }

    /// <summary>
    /// Cells of border instead of <see cref="Padding"/>: one number for all sides, one for each axis (height, width), or two for each axis
    /// (top, bottom, left, right). Each is less than the size of the window.
    /// </summary>
    public int[]? Pads { get; set; }
}
