namespace StaticNet;

/// <summary>The sigmoid linear unit, or swish: <c>y = x / (1 + exp(−x))</c>. Elfwing, Uchibe and Doya, 2018.</summary>
public sealed class SiluAttribute : LayerAttribute;
