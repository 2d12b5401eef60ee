namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>pooling</c>.</summary>
[Network, Input(3, 4, 5), ZeroPad2D(1)]
public sealed partial class ZeroPadResampling;

[Network, Input(3, 4, 3), ZeroPad2D(0, 2, 1, 3), Conv2D(4, 3)]
public sealed partial class ZeroPadSidesResampling;
