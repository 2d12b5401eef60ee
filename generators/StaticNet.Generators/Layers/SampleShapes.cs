using System.Numerics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>The shape of one sample as messages and limits see it.</summary>
internal static class SampleShapes
{
    /// <summary>As a person writes it: <c>28×28×1</c>.</summary>
    public static string ToText(this EquatableArray<int> shape) => string.Join("×", shape);

    public static BigInteger CountElements(this EquatableArray<int> shape) =>
        shape.Aggregate(BigInteger.One, (size, extent) => size * extent);

    public static bool IsCountable(this EquatableArray<int> shape) => shape.CountElements() <= int.MaxValue;
}
