namespace StaticNet;

/// <summary>What average pooling over one and two axes has in common.</summary>
public abstract class AveragePoolingAttribute : PoolingAttribute
{
    private protected AveragePoolingAttribute()
    {
    }

    /// <summary>
    /// Whether cells of the border count as zeros, as PyTorch's <c>count_include_pad</c>: the sum is divided by the size of the window,
    /// otherwise by the number of cells that are there.
    /// </summary>
    public bool CountPadding { get; set; } = true;
}
