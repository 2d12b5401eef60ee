namespace StaticNet;

/// <summary>
/// The mean over the elements of a sample of <c>r² / 2</c> where <c>|r| ≤ delta</c> and <c>delta · (|r| − delta / 2)</c> elsewhere, r being
/// <c>y − t</c>: squared near the target, absolute far from it. Huber, 1964.
/// </summary>
/// <param name="delta">Where the two meet, above 0.</param>
public sealed class HuberAttribute(double delta = 1) : LossAttribute
{
    /// <summary>Where the two meet.</summary>
    public double Delta { get; } = delta;
}
