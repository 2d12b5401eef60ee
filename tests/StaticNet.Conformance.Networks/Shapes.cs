namespace StaticNet.Conformance.Networks;

/// <summary>Networks whose sizes lie beside the sizes of tiles, panels and chains. They have no reference vectors.</summary>
[Network]
[Input(1)]
[Dense(1)]
[MeanSquaredError]
public sealed partial class OneByOne;

/// <summary>Columns around one vector of 16.</summary>
[Network]
[Input(7)]
[Dense(15), Tanh, Dense(16), Silu, Dense(17), Sigmoid, Dense(1)]
[BinaryCrossEntropy]
public sealed partial class AroundVectors;

/// <summary>Columns around panels of 32, and a sum longer than any chain of 512.</summary>
[Network]
[Input(1100)]
[Dense(31), LeakyRelu, Dense(32), Elu, Dense(33), Relu, Dense(64), Gelu, Dense(65), Softplus, Dense(63)]
[SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
public sealed partial class AroundPanels;

/// <summary>Weights large enough that chunks take single panels, with rows a multiple of 1 KiB.</summary>
[Network]
[Input(512)]
[Dense(520), Relu, Dense(3, UseBias = false)]
[Huber]
public sealed partial class LargeWeights;

[Network]
[Input(20)]
[Dense(70), Relu, Dropout(0.5), Dense(30), Dropout(0.25), Tanh, Dense(4, L1 = 0.001, L2 = 0.01)]
[SoftmaxCrossEntropy]
public sealed partial class Dropouts;

/// <summary>An image that becomes a vector behind a dropout.</summary>
[Network]
[Input(4, 5, 3)]
[Dropout(0.3), Flatten, Dense(11), Selu]
[MeanAbsoluteError]
public sealed partial class Image;

/// <summary>Lines of 14, 12 and 8 places by whole panels: tiles of windows as large as they get.</summary>
[Network]
[Input(14, 14, 3)]
[Conv2D(32, 5, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, DepthwiseConv2D(3), Tanh]
[Conv2D(64, 5, Groups = 2), Tanh, MaxPool2D(2), Flatten, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Windows;

/// <summary>Four inputs of odd widths, the last read twice, joined every way.</summary>
[Network]
[Input(3, As = "a"), Input(1, As = "b"), Input(19, As = "c"), Input(5, As = "d")]
[Concat("a", "b", "c", As = "abc"), Dense(33), Relu(As = "wide")]
[Concat("d", "d", "a"), Dense(33), Sigmoid, Multiply("wide", As = "gated")]
[Add("gated", "wide"), Softmax, Dense(2)]
[MeanSquaredError(Half = true)]
public sealed partial class FourInputs;

/// <summary>Values that are wanted in several places: parameters with one gradient, inputs with one gradient that layers need as well.</summary>
[Network]
[Input(6, As = "a"), Input(6, As = "b"), Input(3, As = "c")]
[Dense(6, From = "a", As = "left"), Dense(6, From = "a", As = "right")]
[Add("left", "right", "b", As = "sum"), Tanh]
[Add("a", "b", As = "inputs")]
[Concat("inputs", "c", "tanh1"), Dense(4)]
[MeanSquaredError]
public sealed partial class SharedGradients;

/// <summary>In inference nothing is computed at all.</summary>
[Network, Input(7), Dropout(0.5)]
public sealed partial class NothingButDropout;
