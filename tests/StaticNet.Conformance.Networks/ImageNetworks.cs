namespace StaticNet.Conformance.Networks;

/// <summary>The cases of the vector file <c>image-networks</c>.</summary>
[Network]
[Input(14, 14, 1)]
[Conv2D(8, 3), Relu, MaxPool2D(2), Conv2D(16, 3), Relu, MaxPool2D(2), Flatten, Dense(48), Relu, Dense(10), SoftmaxCrossEntropy]
public sealed partial class DigitClassifier;
