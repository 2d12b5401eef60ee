using StaticNet;

namespace ModelZoo;

/// <summary>
/// VGG-16, configuration D. Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2015:
/// 138,357,544 parameters, 15.5 billion multiply-adds.
/// </summary>
[Network]
[Input(224, 224, 3)]
[Conv2D(64, 3, Padding = Padding.Same), Relu, Conv2D(64, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(128, 3, Padding = Padding.Same), Relu, Conv2D(128, 3, Padding = Padding.Same), Relu, MaxPool2D(2)]
[Conv2D(256, 3, Padding = Padding.Same), Relu, Block<VggConvolution>(Repeat = 2), MaxPool2D(2)]
[Conv2D(512, 3, Padding = Padding.Same), Relu, Block<VggConvolution>(Repeat = 2), MaxPool2D(2)]
[Block<VggConvolution>(Repeat = 3), MaxPool2D(2)]
[Flatten, Dense(4096), Relu, Dropout(0.5)]
[Dense(4096), Relu, Dropout(0.5)]
[Dense(1000)]
[SoftmaxCrossEntropy]
public partial class Vgg16;

/// <summary>A convolution that keeps height, width and channels.</summary>
[Block]
[Conv2D(Width.Same, 3, Padding = Padding.Same), Relu]
public class VggConvolution;
