namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>normalizations</c>.</summary>
[Network, Input(5, 4, 6), BatchNorm]
public sealed partial class BatchNormalization;

[Network, Input(4, 3, 5), BatchNorm(Momentum = 0.3, Epsilon = 0.001)]
public sealed partial class BatchSettingsNormalization;

[Network, Input(4, 5, 7), BatchNorm(Affine = false)]
public sealed partial class BatchPlainNormalization;

[Network, Input(9), Dense(17, UseBias = false), BatchNorm, Relu, Dense(3)]
public sealed partial class BatchOfVectorsNormalization;

[Network, Input(3, 2, 35), BatchNorm]
public sealed partial class BatchWideNormalization;

[Network]
[Input(6, 5, 3)]
[Conv2D(9, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Conv2D(4, 3, UseBias = false), BatchNorm]
public sealed partial class BatchOfConvolutionNormalization;

[Network, Input(5, 6, 7), DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Tanh, Conv2D(5, 1)]
public sealed partial class BatchOfDepthwiseNormalization;

[Network, Input(7, 5), BatchNorm]
public sealed partial class BatchOfSequenceNormalization;

[Network, Input(13), LayerNorm]
public sealed partial class LayerNormalization;

[Network, Input(5, 35), LayerNorm(Epsilon = 0.001), Dense(4)]
public sealed partial class LayerWideNormalization;

[Network, Input(5, 4, 6), GroupNorm(3)]
public sealed partial class GroupNormalization;

[Network, Input(3, 4, 5), GroupNorm(1, Epsilon = 0.001)]
public sealed partial class GroupOneNormalization;

[Network, Input(4, 3, 7), GroupNorm(7)]
public sealed partial class GroupEachNormalization;

[Network, Input(3, 3, 36), GroupNorm(4), Relu, Conv2D(3, 2)]
public sealed partial class GroupWideNormalization;

[Network, Input(4, 3, 9), LocalResponseNorm(5, Alpha = 0.5)]
public sealed partial class LocalResponseNormalization;

[Network, Input(3, 4, 35), LocalResponseNorm(4, Alpha = 0.8, Beta = 0.6, K = 2.0), Conv2D(3, 2)]
public sealed partial class LocalResponseEvenNormalization;
