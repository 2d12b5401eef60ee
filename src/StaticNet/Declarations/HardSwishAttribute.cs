namespace StaticNet;

/// <summary><c>y = x · hardsigmoid(x)</c>: 0 up to −3, <c>x · (x + 3) / 6</c>, x from 3 on. Howard et al., 2019.</summary>
public sealed class HardSwishAttribute : LayerAttribute;
