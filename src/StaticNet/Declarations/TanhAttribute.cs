namespace StaticNet;

/// <summary>The hyperbolic tangent, from −1 to 1, element by element.</summary>
public sealed class TanhAttribute : LayerAttribute;
