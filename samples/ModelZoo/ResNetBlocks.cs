using StaticNet;

namespace ModelZoo;

/// <summary>How ResNets for large images begin: [224, 224, 3] → [56, 56, 64].</summary>
[Block]
[Conv2D(64, 7, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[MaxPool2D(3, Stride = 2, Padding = Padding.Same)]
public class ResNetStem;

/// <summary>Halves height and width and doubles channels on the way around a block.</summary>
[Block, Conv2D(Width.Double, 1, Stride = 2, UseBias = false), BatchNorm]
public class DoublingShortcut;
