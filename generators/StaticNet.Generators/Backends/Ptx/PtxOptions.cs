using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>What is left open by a network's graphs.</summary>
/// <param name="Precision">What products are computed in, where they are large enough for tensor cores.</param>
internal sealed record PtxOptions(ProductPrecision Precision = ProductPrecision.Float32)
{
    /// <summary>Everything in float32.</summary>
    public static readonly PtxOptions Default = new();
}
