namespace StaticNet;

/// <summary>
/// The scaled exponential linear unit, which keeps mean 0 and variance 1 from layer to layer: <c>y = 1.0507 · elu(x)</c> with
/// <c>alpha = 1.6733</c>. Klambauer, Unterthiner, Mayr and Hochreiter, 2017.
/// </summary>
public sealed class SeluAttribute : LayerAttribute;
