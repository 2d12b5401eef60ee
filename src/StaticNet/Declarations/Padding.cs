namespace StaticNet;

/// <summary>How much border of zeros a window may reach into. Explicit amounts are the <c>Pads</c> of a layer.</summary>
public enum Padding
{
    /// <summary>None: windows lie inside the input. Output: ⌊(n − window) / stride⌋ + 1, where window = dilation · (kernel − 1) + 1.</summary>
    Valid,

    /// <summary>
    /// dilation · (kernel − 1) cells, half on each side and the odd one at the end, whatever the stride: PyTorch's
    /// <c>padding="same"</c>, and its <c>padding=kernel // 2</c> for odd kernels. Output at stride 1: n.
    /// </summary>
    Same,

    /// <summary>
    /// As few cells as an output of ⌈n / stride⌉ takes, the odd one at the end: TensorFlow's and Keras's <c>"same"</c>, ONNX's
    /// <c>SAME_UPPER</c>.
    /// </summary>
    SameUpper,
}
