namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>losses</c>; those of seven inputs are for the points where a loss is delicate.</summary>
[Network, Input(5), Dense(7), MeanSquaredError]
public sealed partial class MeanSquaredErrorLoss;

[Network, Input(5), Dense(7), MeanSquaredError(Half = true)]
public sealed partial class HalfMeanSquaredErrorLoss;

[Network, Input(5), Dense(7), MeanAbsoluteError]
public sealed partial class MeanAbsoluteErrorLoss;

[Network, Input(7), Dense(7), MeanAbsoluteError]
public sealed partial class MeanAbsoluteErrorAtPoints;

[Network, Input(5), Dense(7), Huber]
public sealed partial class HuberLoss;

[Network, Input(7), Dense(7), Huber]
public sealed partial class HuberAtPoints;

[Network, Input(5), Dense(7), Huber(0.25)]
public sealed partial class NarrowHuberLoss;

[Network, Input(7), Dense(7), Huber(0.25)]
public sealed partial class NarrowHuberAtPoints;

[Network, Input(5), Dense(7), Sigmoid, BinaryCrossEntropy(FromLogits = false)]
public sealed partial class BinaryCrossEntropyLoss;

[Network, Input(7), Dense(7), Sigmoid, BinaryCrossEntropy(FromLogits = false)]
public sealed partial class BinaryCrossEntropyAtPoints;

[Network, Input(5), Dense(7), BinaryCrossEntropy]
public sealed partial class BinaryCrossEntropyFromLogitsLoss;

[Network, Input(7), Dense(7), BinaryCrossEntropy]
public sealed partial class BinaryCrossEntropyFromLogitsAtPoints;

[Network, Input(5), Dense(7), Softmax, CategoricalCrossEntropy]
public sealed partial class CategoricalCrossEntropyLoss;

[Network, Input(7), Dense(7), Softmax, CategoricalCrossEntropy]
public sealed partial class CategoricalCrossEntropyAtPoints;

[Network, Input(5), Dense(7), Softmax, CategoricalCrossEntropy(Targets = Targets.OneHot)]
public sealed partial class OneHotCategoricalCrossEntropyLoss;

[Network, Input(7), Dense(7), Softmax, CategoricalCrossEntropy(Targets = Targets.OneHot)]
public sealed partial class OneHotCategoricalCrossEntropyAtPoints;

[Network, Input(5), Dense(7), SoftmaxCrossEntropy]
public sealed partial class SoftmaxCrossEntropyLoss;

[Network, Input(7), Dense(7), SoftmaxCrossEntropy]
public sealed partial class SoftmaxCrossEntropyAtPoints;

[Network, Input(5), Dense(7), SoftmaxCrossEntropy(Targets = Targets.OneHot)]
public sealed partial class OneHotSoftmaxCrossEntropyLoss;

[Network, Input(7), Dense(7), SoftmaxCrossEntropy(Targets = Targets.OneHot)]
public sealed partial class OneHotSoftmaxCrossEntropyAtPoints;

[Network, Input(5), Dense(7), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
public sealed partial class SmoothSoftmaxCrossEntropyLoss;

[Network, Input(7), Dense(7), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
public sealed partial class SmoothSoftmaxCrossEntropyAtPoints;

[Network, Input(5), Dense(7), SoftmaxCrossEntropy(Targets = Targets.OneHot, LabelSmoothing = 0.1)]
public sealed partial class SmoothOneHotSoftmaxCrossEntropyLoss;

[Network, Input(7), Dense(7), SoftmaxCrossEntropy(Targets = Targets.OneHot, LabelSmoothing = 0.1)]
public sealed partial class SmoothOneHotSoftmaxCrossEntropyAtPoints;
