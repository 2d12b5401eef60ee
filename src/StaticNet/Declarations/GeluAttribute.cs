namespace StaticNet;

/// <summary>How <see cref="GeluAttribute"/> computes the normal distribution.</summary>
public enum GeluApproximation
{
    /// <summary>By the error function.</summary>
    None,

    /// <summary>By a hyperbolic tangent, within 5e-4 of the exact function.</summary>
    Tanh,
}

/// <summary>
/// The Gaussian error linear unit <c>y = x · Φ(x)</c>: exactly <c>x · (1 + erf(x / √2)) / 2</c>, approximately
/// <c>x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2</c>. Hendrycks and Gimpel, 2016.
/// </summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Which form is computed: the exact one unless this says otherwise.</summary>
    public GeluApproximation Approximation { get; set; }
}
