using StaticNet;

namespace ModelZoo;

/// <summary>
/// AlexNet as it ran on two GPUs, with groups and local response normalisation. Krizhevsky, Sutskever and Hinton, "ImageNet classification
/// with deep convolutional neural networks", 2012: 60,965,224 parameters, 724 million multiply-adds.
/// </summary>
[Network]
[Input(227, 227, 3)]
[Conv2D(96, 11, Stride = 4), Relu, LocalResponseNorm(5, Alpha = 5e-4, K = 2), MaxPool2D(3, Stride = 2)]
[Conv2D(256, 5, Padding = Padding.Same, Groups = 2), Relu, LocalResponseNorm(5, Alpha = 5e-4, K = 2), MaxPool2D(3, Stride = 2)]
[Conv2D(384, 3, Padding = Padding.Same), Relu]
[Conv2D(384, 3, Padding = Padding.Same, Groups = 2), Relu]
[Conv2D(256, 3, Padding = Padding.Same, Groups = 2), Relu, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(4096), Relu, Dropout(0.5)]
[Dense(4096), Relu, Dropout(0.5)]
[Dense(1000)]
[SoftmaxCrossEntropy]
public partial class AlexNet;
