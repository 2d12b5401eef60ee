namespace StaticNet;

/// <summary>
/// In training sets elements to 0 with a probability and multiplies the others by <c>1 / (1 − rate)</c>, so that the expected value
/// stays; in inference gives what it takes. Srivastava et al., 2014.
/// </summary>
/// <param name="rate">The probability of 0, from 0 up to, but not including, 1.</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of 0.</summary>
    public double Rate { get; } = rate;
}
