namespace StaticNet;

/// <summary>The logistic function <c>y = 1 / (1 + exp(−x))</c>, from 0 to 1, element by element.</summary>
public sealed class SigmoidAttribute : LayerAttribute;
