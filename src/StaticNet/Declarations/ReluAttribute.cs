namespace StaticNet;

/// <summary>The rectifier <c>y = max(0, x)</c>, element by element; its derivative at 0 is 0. Nair and Hinton, 2010.</summary>
public sealed class ReluAttribute : LayerAttribute;
