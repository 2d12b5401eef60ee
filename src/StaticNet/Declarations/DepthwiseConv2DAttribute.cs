namespace StaticNet;

/// <summary>
/// A convolution over height and width that keeps channels apart: <c>y[h, w, c] = bias[c] + Σ x[h · stride + i · dilation, w · stride +
/// j · dilation, c] · weight[c, 0, i, j]</c>. [height, width, channels] → [height′, width′, channels]. Parameters, in PyTorch's shapes:
/// <c>weight</c> [channels, 1, kernel, kernel] and <c>bias</c> [channels].
/// </summary>
/// <param name="kernel">Height and width of the window, at least 1.</param>
public sealed class DepthwiseConv2DAttribute(int kernel) : ConvolutionAttribute
{
    /// <summary>Height and width of the window.</summary>
    public int Kernel { get; } = kernel;
}
