namespace StaticNet;

/// <summary>
/// The exponential linear unit: <c>y = x</c> where <c>x &gt; 0</c> and <c>alpha · (exp x − 1)</c> elsewhere. Clevert, Unterthiner and
/// Hochreiter, 2016.
/// </summary>
/// <param name="alpha">The value that −y approaches on the negative side.</param>
public sealed class EluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>The value that −y approaches on the negative side.</summary>
    public double Alpha { get; } = alpha;
}
