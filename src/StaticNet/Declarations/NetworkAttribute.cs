namespace StaticNet;

/// <summary>
/// Makes a partial class a neural network: the layers are the attributes below it, in source order, and the compiler writes the rest of
/// the class.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// [Input(28, 28, 1)]
/// [Flatten, Dense(500), Relu]
/// [Dense(10)]
/// [SoftmaxCrossEntropy]
/// public partial class Digits;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// Whether convolutions are plain sums of products, with errors below 1e-5 of a tensor's largest element. Otherwise 3×3 convolutions
    /// of stride one with many channels are computed by tiles with a quarter of the products (Winograd, F(4×4, 3×3)): faster, with errors
    /// below 1e-4.
    /// </summary>
    public bool Exact { get; set; }

    /// <summary>
    /// What products are computed in on GPUs. What is less than float32 runs on tensor cores where a product is large enough for them,
    /// several times as fast.
    /// </summary>
    public Precision Precision { get; set; }
}
