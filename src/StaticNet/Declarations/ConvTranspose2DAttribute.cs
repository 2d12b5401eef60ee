namespace StaticNet;

/// <summary>
/// A transposed convolution over height and width, the input gradient of a <see cref="Conv2DAttribute">Conv2D</see>: each place of the
/// input adds its window to the output, <c>y[h · stride + i · dilation, w · stride + j · dilation, o] += x[h, w, c] · weight[c, o, i, j]</c>,
/// plus a bias. [height, width, channels] → [height′, width′, filters] with height′ = (height − 1) · stride + window − border +
/// <see cref="OutputPadding"/>: <see cref="ConvolutionAttribute.Padding"/> and <see cref="ConvolutionAttribute.Pads"/> say how much border
/// is cut off (<see cref="Padding.SameUpper"/>: down to height · stride). Parameters, in PyTorch's shapes: <c>weight</c> [channels, filters
/// / groups, kernel, kernel] and <c>bias</c> [filters]. Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.
/// </summary>
/// <param name="filters">Channels of the output, at least 1.</param>
/// <param name="kernel">Height and width of the window, at least 1.</param>
public sealed class ConvTranspose2DAttribute(int filters, int kernel) : ConvolutionAttribute
{
    /// <summary>Channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>Height and width of the window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>
    /// Into how many groups the channels fall: each group of channels adds to its own group of filters. Both numbers must be multiples of it.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// Lines and columns added at the end, less than the stride or the dilation: which of the sizes that a strided convolution would have
    /// made the input from is meant.
    /// </summary>
    public int OutputPadding { get; set; }
}
