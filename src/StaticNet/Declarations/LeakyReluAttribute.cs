namespace StaticNet;

/// <summary><c>y = x</c> where <c>x &gt; 0</c> and <c>slope · x</c> elsewhere. Maas, Hannun and Ng, 2013.</summary>
/// <param name="slope">The slope on the negative side.</param>
public sealed class LeakyReluAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>The slope on the negative side.</summary>
    public double Slope { get; } = slope;
}
