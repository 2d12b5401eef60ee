namespace StaticNet;

/// <summary>
/// A depthwise convolution, then one of 1×1 over all channels: a <see cref="DepthwiseConv2DAttribute">DepthwiseConv2D</see> without bias and
/// a <see cref="Conv2DAttribute">Conv2D</see> in one. [height, width, channels] → [height′, width′, filters]. Parameters, in PyTorch's
/// shapes: <c>depthwise_weight</c> [channels, 1, kernel, kernel], <c>pointwise_weight</c> [filters, channels, 1, 1] and <c>bias</c>
/// [filters]. Chollet, "Xception: deep learning with depthwise separable convolutions", 2017.
/// </summary>
/// <param name="filters">Channels of the output, at least 1.</param>
/// <param name="kernel">Height and width of the window, at least 1.</param>
public sealed class SeparableConv2DAttribute(int filters, int kernel) : ConvolutionAttribute
{
    /// <summary>Channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>Height and width of the window.</summary>
    public int Kernel { get; } = kernel;
}
