namespace StaticNet;

/// <summary>How an image of more cells is made of one of fewer.</summary>
public enum Interpolation
{
    /// <summary>Every cell is repeated.</summary>
    Nearest,

    /// <summary>
    /// Linear between the centres of neighbouring cells along each axis, and constant beyond the outermost centres: PyTorch's
    /// <c>align_corners=False</c>.
    /// </summary>
    Bilinear,
}
