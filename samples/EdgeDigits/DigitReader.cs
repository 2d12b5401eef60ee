using StaticNet;

namespace EdgeDigitsSample;

/// <summary>The network with its weights, which are part of this program.</summary>
[Frozen<MnistCnn>("mnist.safetensors")]
public partial class DigitReader;
