namespace StaticNet;

/// <summary>
/// A convolution (in the field's sense: cross-correlation) over time or length: <c>y[t, o] = bias[o] + Σ x[t · stride + i · dilation, c] ·
/// weight[o, c, i]</c>. [length, channels] → [length′, filters]. Parameters, in PyTorch's shapes: <c>weight</c> [filters, channels / groups,
/// kernel] and <c>bias</c> [filters].
/// </summary>
/// <param name="filters">Channels of the output, at least 1.</param>
/// <param name="kernel">Length of the window, at least 1.</param>
public sealed class Conv1DAttribute(int filters, int kernel) : ConvolutionAttribute
{
    /// <summary>Channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>Length of the window.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>
    /// Into how many groups the channels fall: each group of filters sees its own group of channels. Both numbers must be multiples of it.
    /// </summary>
    public int Groups { get; set; } = 1;
}
