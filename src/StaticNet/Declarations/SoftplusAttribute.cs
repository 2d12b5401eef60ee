namespace StaticNet;

/// <summary>The smooth rectifier <c>y = log(1 + exp x)</c>. Dugas et al., 2001.</summary>
public sealed class SoftplusAttribute : LayerAttribute;
