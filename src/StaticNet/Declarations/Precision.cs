using System.Diagnostics.CodeAnalysis;

namespace StaticNet;

/// <summary>
/// What GPUs round the operands of products to: of dense layers, of convolutions, and of their gradients. Sums are float32 in each of
/// them, and so are parameters, the state of optimizers, and whatever is no product. CPUs compute in float32.
/// </summary>
public enum Precision
{
    /// <summary>Not at all: 24 bits of significand.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It is the format that is meant, beside others of its kind.")]
    Float32,

    /// <summary>TensorFloat-32: 11 bits of significand and the range of float32.</summary>
    TensorFloat32,

    /// <summary>bfloat16: 8 bits of significand and the range of float32.</summary>
    BFloat16,
}
