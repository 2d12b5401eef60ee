namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>pooling</c>.</summary>
[Network, Input(11, 3), MaxPool1D(2)]
public sealed partial class Maximum1DPool;

[Network, Input(9, 5), MaxPool1D(3, Stride = 2, Padding = Padding.Same)]
public sealed partial class Maximum1DSamePool;

[Network, Input(7, 6, 5), MaxPool2D(2)]
public sealed partial class MaximumPool;

[Network, Input(7, 8, 3), MaxPool2D(3, Stride = 2)]
public sealed partial class MaximumOverlappingPool;

[Network, Input(4, 5, 18), MaxPool2D(2, Stride = 1)]
public sealed partial class MaximumStrideOnePool;

[Network, Input(7, 6, 4), MaxPool2D(3, Stride = 2, Padding = Padding.Same)]
public sealed partial class MaximumSamePool;

[Network, Input(8, 7, 3), MaxPool2D(3, Stride = 2, Padding = Padding.SameUpper)]
public sealed partial class MaximumSameUpperPool;

[Network, Input(4, 5, 35), MaxPool2D(2)]
public sealed partial class MaximumWidePool;

[Network, Input(6, 7, 3), Conv2D(5, 3), Relu, MaxPool2D(2)]
public sealed partial class MaximumOfReluPool;

[Network, Input(11, 3), AveragePool1D(3)]
public sealed partial class Average1DPool;

[Network, Input(9, 5), AveragePool1D(3, Stride = 2, Padding = Padding.Same)]
public sealed partial class Average1DSamePool;

[Network, Input(9, 5), AveragePool1D(3, Stride = 2, Padding = Padding.Same, CountPadding = false)]
public sealed partial class Average1DSameUncountedPool;

[Network, Input(7, 6, 5), AveragePool2D(2)]
public sealed partial class AveragePool;

[Network, Input(7, 8, 3), AveragePool2D(3, Stride = 2)]
public sealed partial class AverageOverlappingPool;

[Network, Input(7, 6, 4), AveragePool2D(3, Stride = 2, Padding = Padding.Same)]
public sealed partial class AverageSamePool;

[Network, Input(7, 6, 4), AveragePool2D(3, Stride = 2, Padding = Padding.Same, CountPadding = false)]
public sealed partial class AverageSameUncountedPool;

[Network, Input(8, 7, 3), AveragePool2D(3, Stride = 2, Padding = Padding.SameUpper, CountPadding = false)]
public sealed partial class AverageSameUpperUncountedPool;

[Network, Input(4, 5, 35), AveragePool2D(2)]
public sealed partial class AverageWidePool;

[Network, Input(6, 7, 3), Conv2D(5, 3, Padding = Padding.Same), Tanh, AveragePool2D(2), Conv2D(3, 2)]
public sealed partial class AverageOfConvolutionPool;

[Network, Input(5, 3, 7), GlobalAveragePool2D]
public sealed partial class GlobalAveragePool;

[Network, Input(3, 4, 35), GlobalAveragePool2D, Dense(3)]
public sealed partial class GlobalAverageWidePool;

[Network, Input(5, 3, 7), GlobalMaxPool2D]
public sealed partial class GlobalMaximumPool;

[Network, Input(3, 4, 35), GlobalMaxPool2D, Dense(3)]
public sealed partial class GlobalMaximumWidePool;

[Network, Input(3, 4, 5), Upsample2D(2)]
public sealed partial class NearestResampling;

[Network, Input(2, 3, 9), Upsample2D(3)]
public sealed partial class NearestThreeResampling;

[Network, Input(3, 4, 5), Upsample2D(2, Mode = Interpolation.Bilinear)]
public sealed partial class BilinearResampling;

[Network, Input(3, 2, 17), Upsample2D(3, Mode = Interpolation.Bilinear)]
public sealed partial class BilinearThreeResampling;

[Network, Input(3, 4, 5), ZeroPad2D(1)]
public sealed partial class ZeroPadResampling;

[Network, Input(3, 4, 3), ZeroPad2D(0, 2, 1, 3), Conv2D(4, 3)]
public sealed partial class ZeroPadSidesResampling;

[Network, Input(4, 6, 5), Reshape(8, 3, 5), Conv2D(3, 2)]
public sealed partial class ReshapeResampling;

[Network, Input(3, 4, 3), Conv2D(5, 2), Tanh, Upsample2D(2), Conv2D(4, 3, Padding = Padding.Same)]
public sealed partial class UpsampleConvolutionResampling;
