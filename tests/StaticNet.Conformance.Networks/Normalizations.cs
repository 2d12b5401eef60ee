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
