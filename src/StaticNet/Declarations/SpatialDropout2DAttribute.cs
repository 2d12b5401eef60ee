namespace StaticNet;

/// <summary>
/// In training sets whole channels of an image to 0 with a probability and multiplies the others by <c>1 / (1 − rate)</c>; in inference
/// gives what it takes. For maps whose neighbouring cells say the same. Tompson et al., 2015; PyTorch's <c>Dropout2d</c>.
/// </summary>
/// <param name="rate">The probability of 0, from 0 up to, but not including, 1.</param>
public sealed class SpatialDropout2DAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of 0.</summary>
    public double Rate { get; } = rate;
}
