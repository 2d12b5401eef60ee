namespace StaticNet;

/// <summary>
/// A convolution (in the field's sense: cross-correlation) over time or length: <c>y[t, o] = bias[o] + Σ x[t · stride + i · dilation, c] ·
/// weight[o, c, i]</c>. [length, channels] → [length′, filters]. Parameters, in PyTorch's shapes: <c>weight</c> [filters, channels / groups,
/// kernel] and <c>bias</c> [filters].
/// </summary>
public sealed class Conv1DAttribute : ConvolutionAttribute
{
    /// <summary>So many channels of the output.</summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernel">Length of the window, at least 1.</param>
    public Conv1DAttribute(int filters, int kernel) => (Filters, Kernel) = (filters, kernel);

    /// <summary>Channels in proportion to those of the input.</summary>
    /// <param name="width">Their proportion.</param>
    /// <param name="kernel">Length of the window, at least 1.</param>
    public Conv1DAttribute(Width width, int kernel) => (Width, Kernel) = (width, kernel);

    /// <summary>Channels of the output; 0 where <see cref="Width"/> says it.</summary>
    public int Filters { get; }

    /// <summary>The channels of the output relative to the input's, where <see cref="Filters"/> does not say their number.</summary>
    public Width? Width { get; }

    /// <summary>Length of the window.</summary>
    public int Kernel { get; }

    /// <summary>
    /// Into how many groups the channels fall: each group of filters sees its own group of channels. Both numbers must be multiples of it.
    /// </summary>
    public int Groups { get; set; } = 1;
}
