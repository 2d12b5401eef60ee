namespace StaticNet;

/// <summary>
/// A convolution (in the field's sense: cross-correlation) over height and width:
/// <c>y[h, w, o] = bias[o] + Σ x[h · stride + i · dilation, w · stride + j · dilation, c] · weight[o, c, i, j]</c>. [height, width,
/// channels] → [height′, width′, filters]. Parameters, in PyTorch's shapes: <c>weight</c> [filters, channels / groups, kernel, kernel] and
/// <c>bias</c> [filters].
/// </summary>
public sealed class Conv2DAttribute : ConvolutionAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernel">Height and width of the window, at least 1.</param>
    public Conv2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A window of any shape.</summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernelHeight">Height of the window, at least 1.</param>
    /// <param name="kernelWidth">Width of the window, at least 1.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth) =>
        (Filters, KernelHeight, KernelWidth) = (filters, kernelHeight, kernelWidth);

    /// <summary>A square window, and channels in proportion to those of the input.</summary>
    /// <param name="width">Their proportion.</param>
    /// <param name="kernel">Height and width of the window, at least 1.</param>
    public Conv2DAttribute(Width width, int kernel)
        : this(width, kernel, kernel)
    {
    }

    /// <summary>A window of any shape, and channels in proportion to those of the input.</summary>
    /// <param name="width">Their proportion.</param>
    /// <param name="kernelHeight">Height of the window, at least 1.</param>
    /// <param name="kernelWidth">Width of the window, at least 1.</param>
    public Conv2DAttribute(Width width, int kernelHeight, int kernelWidth) =>
        (Width, KernelHeight, KernelWidth) = (width, kernelHeight, kernelWidth);

    /// <summary>Channels of the output; 0 where <see cref="Width"/> says it.</summary>
    public int Filters { get; }

    /// <summary>The channels of the output relative to the input's, where <see cref="Filters"/> does not say their number.</summary>
    public Width? Width { get; }

    /// <summary>Height of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>Width of the window.</summary>
    public int KernelWidth { get; }

    /// <summary>
    /// Into how many groups the channels fall: each group of filters sees its own group of channels. Both numbers must be multiples of it.
    /// </summary>
    public int Groups { get; set; } = 1;
}
