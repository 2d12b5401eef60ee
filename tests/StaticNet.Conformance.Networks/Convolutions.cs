namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>convolutions</c>.</summary>
[Network, Input(11, 3), Conv1D(5, 3)]
public sealed partial class SequenceConvolution;

[Network, Input(17, 4), Conv1D(6, 3, Stride = 2, Dilation = 2, Groups = 2, Padding = Padding.Same)]
public sealed partial class StridedSequenceConvolution;

[Network, Input(14, 2), Conv1D(7, 5, Stride = 3, Padding = Padding.SameUpper)]
public sealed partial class SameUpperSequenceConvolution;

[Network, Input(9, 2), Conv1D(3, 4, Pads = [3, 1], UseBias = false)]
public sealed partial class PadsSequenceConvolution;

[Network, Input(6, 35), Conv1D(17, 3, Padding = Padding.Same)]
public sealed partial class WideSequenceConvolution;

[Network, Input(7, 6, 1), Conv2D(5, 3)]
public sealed partial class OneChannelConvolution;

[Network, Input(8, 7, 3), Conv2D(17, 3, Padding = Padding.Same)]
public sealed partial class ThreeChannelsConvolution;

[Network, Input(5, 3, 6), Conv2D(7, 1)]
public sealed partial class PointwiseConvolution;

[Network, Input(7, 6, 5), Conv2D(9, 1, Stride = 2, UseBias = false)]
public sealed partial class PointwiseStridedConvolution;

[Network, Input(3, 4, 5), Conv2D(11, 3, 4)]
public sealed partial class WholeInputConvolution;

[Network, Input(1, 1, 7), Conv2D(5, 3, Padding = Padding.Same)]
public sealed partial class OnePixelConvolution;

[Network, Input(1, 13, 2), Conv2D(3, 1, 5, Padding = Padding.Same)]
public sealed partial class RowConvolution;

[Network, Input(9, 5, 2), Conv2D(4, 5, 2, Padding = Padding.Same)]
public sealed partial class TallKernelConvolution;

[Network, Input(8, 9, 2), Conv2D(6, 5, Padding = Padding.Same)]
public sealed partial class FiveByFiveConvolution;

[Network, Input(5, 6, 3), Conv2D(4, 2, Padding = Padding.Same)]
public sealed partial class EvenKernelSameConvolution;

[Network, Input(9, 8, 3), Conv2D(6, 3, Stride = 2)]
public sealed partial class StridedConvolution;

[Network, Input(9, 8, 4), Conv2D(5, 3, Stride = 2, Padding = Padding.Same)]
public sealed partial class StridedSameConvolution;

[Network, Input(8, 10, 3), Conv2D(8, 3, Stride = 2, Padding = Padding.Same)]
public sealed partial class StridedSameEvenConvolution;

[Network, Input(8, 10, 3), Conv2D(8, 3, Stride = 2, Padding = Padding.SameUpper)]
public sealed partial class StridedSameUpperConvolution;

[Network, Input(7, 8, 3), Conv2D(7, 4, 3, Stride = 2, Padding = Padding.SameUpper)]
public sealed partial class StridedSameUpperOddConvolution;

[Network, Input(10, 11, 2), Conv2D(3, 2, Stride = 3)]
public sealed partial class StrideAboveKernelConvolution;

[Network, Input(11, 12, 2), Conv2D(5, 4, 5, Stride = 3, Padding = Padding.Same)]
public sealed partial class StrideThreeConvolution;

[Network, Input(9, 8, 3), Conv2D(4, 3, Dilation = 2)]
public sealed partial class DilatedConvolution;

[Network, Input(7, 8, 2), Conv2D(5, 3, Dilation = 3, Padding = Padding.Same)]
public sealed partial class DilatedSameConvolution;

[Network, Input(11, 10, 2), Conv2D(3, 3, Stride = 2, Dilation = 2, Padding = Padding.SameUpper)]
public sealed partial class DilatedStridedConvolution;

[Network, Input(5, 6, 6), Conv2D(9, 3, Groups = 3)]
public sealed partial class GroupsConvolution;

[Network, Input(7, 6, 8), Conv2D(4, 3, Stride = 2, Padding = Padding.Same, Groups = 4)]
public sealed partial class GroupsStridedConvolution;

[Network, Input(7, 8, 4), Conv2D(8, 3, Stride = 2, Dilation = 2, Groups = 2, Padding = Padding.Same)]
public sealed partial class GroupsOfEverythingConvolution;

[Network, Input(5, 4, 3), Conv2D(6, 3, Groups = 3, Padding = Padding.Same)]
public sealed partial class GroupsOfOneConvolution;

[Network, Input(3, 4, 34), Conv2D(36, 3, Groups = 2, Padding = Padding.Same)]
public sealed partial class GroupsWideConvolution;

[Network, Input(5, 4, 2), Conv2D(3, 3, Pads = [2])]
public sealed partial class PadsAllConvolution;

[Network, Input(5, 4, 2), Conv2D(3, 3, Pads = [0, 2])]
public sealed partial class PadsAxesConvolution;

[Network, Input(6, 5, 2), Conv2D(4, 3, Stride = 2, Pads = [3, 0, 1, 2])]
public sealed partial class PadsSidesConvolution;

[Network, Input(4, 3, 33), Conv2D(35, 2, 3, Padding = Padding.Same)]
public sealed partial class WideConvolution;

[Network, Input(6, 5, 3), Conv2D(40, 3, Padding = Padding.Same), Conv2D(33, 1), Conv2D(4, 3)]
public sealed partial class WideningConvolution;

[Network, Input(9, 8, 2), Conv2D(7, 3, Padding = Padding.Same), Tanh, Conv2D(6, 3, Stride = 2), Silu, Conv2D(5, 2)]
public sealed partial class StackConvolution;

[Network, Input(6, 5, 2), Conv2D(5, 3), Tanh, Flatten, Dense(4)]
public sealed partial class DenseAfterConvolution;

[Network, Input(3, 6, 5, Layout = Layout.CHW), Conv2D(4, 3, Padding = Padding.Same)]
public sealed partial class ChannelsFirstConvolution;

[Network, Input(2, 5, 4, Layout = Layout.CHW), Flatten, Dense(3)]
public sealed partial class ChannelsFirstDenseConvolution;

[Network, Input(6, 5, 7), DepthwiseConv2D(3)]
public sealed partial class DepthwiseConvolution;

[Network, Input(5, 6, 19), DepthwiseConv2D(3, Padding = Padding.Same)]
public sealed partial class DepthwiseSameConvolution;

[Network, Input(8, 7, 5), DepthwiseConv2D(3, Stride = 2, Padding = Padding.SameUpper, UseBias = false)]
public sealed partial class DepthwiseStridedConvolution;

[Network, Input(9, 8, 4), DepthwiseConv2D(3, Dilation = 2, Padding = Padding.Same)]
public sealed partial class DepthwiseDilatedConvolution;

[Network, Input(5, 4, 37), DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)]
public sealed partial class DepthwiseWideConvolution;

[Network, Input(6, 7, 5), SeparableConv2D(9, 3)]
public sealed partial class SeparableConvolution;

[Network, Input(7, 8, 18), SeparableConv2D(6, 3, Stride = 2, Padding = Padding.Same)]
public sealed partial class SeparableStridedConvolution;

[Network, Input(4, 5, 3), ConvTranspose2D(6, 3)]
public sealed partial class TransposedConvolution;

[Network, Input(4, 3, 5), ConvTranspose2D(4, 3, Stride = 2)]
public sealed partial class TransposedStridedConvolution;

[Network, Input(3, 4, 6), ConvTranspose2D(5, 2, Stride = 2)]
public sealed partial class TransposedTwoConvolution;

[Network, Input(4, 5, 3), ConvTranspose2D(4, 3, Stride = 2, Pads = [1], OutputPadding = 1)]
public sealed partial class TransposedPaddedConvolution;

[Network, Input(3, 4, 2), ConvTranspose2D(3, 4, Stride = 3, Pads = [1], OutputPadding = 2)]
public sealed partial class TransposedStrideThreeConvolution;

[Network, Input(3, 2, 33), ConvTranspose2D(18, 3, Stride = 2, Pads = [1], OutputPadding = 1)]
public sealed partial class TransposedWideConvolution;
