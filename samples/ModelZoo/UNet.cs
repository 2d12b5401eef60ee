using StaticNet;

namespace ModelZoo;

/// <summary>
/// A small U-Net: which pixels belong to what is looked for? Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image
/// segmentation", 2015, with a quarter of its width, three levels, padding, and batch normalisation: 482,449 parameters.
/// </summary>
[Network]
[Input(128, 128, 1)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Block<UNetConvolution>(As = "fine"), MaxPool2D(2)]
[Block<UNetLevel>(As = "middle"), MaxPool2D(2)]
[Block<UNetLevel>(As = "coarse"), MaxPool2D(2)]
[Block<UNetLevel>]
[ConvTranspose2D(64, 2, Stride = 2, As = "up1"), Concat("coarse", "up1"), Block<UNetMerge>]
[ConvTranspose2D(32, 2, Stride = 2, As = "up2"), Concat("middle", "up2"), Block<UNetMerge>]
[ConvTranspose2D(16, 2, Stride = 2, As = "up3"), Concat("fine", "up3"), Block<UNetMerge>]
[Conv2D(1, 1)]
[BinaryCrossEntropy]
public partial class UNet;

/// <summary>A convolution that keeps height, width and channels.</summary>
[Block, Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
public class UNetConvolution;

/// <summary>Two convolutions, the first doubling channels.</summary>
[Block, Conv2D(Width.Double, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Block<UNetConvolution>]
public class UNetLevel;

/// <summary>Two convolutions, the first halving channels.</summary>
[Block, Conv2D(Width.Half, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Block<UNetConvolution>]
public class UNetMerge;
