using StaticNet.Generators.Parsing;

namespace StaticNet.Ptx.Tests.Harness;

/// <summary>What a product does to the elements of its operands.</summary>
internal static class Rounding
{
    /// <summary>The rounding of a precision; null for none.</summary>
    public static Func<double, double>? Of(ProductPrecision precision) => precision switch
    {
        ProductPrecision.TensorFloat32 => ToTensorFloat32,
        ProductPrecision.BFloat16 => ToBFloat16,
        _ => null,
    };

    /// <summary>11 bits of significand: the nearest, of two the larger in magnitude.</summary>
    private static double ToTensorFloat32(double x)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)x);
        return BitConverter.UInt32BitsToSingle((bits + 0x1000) & ~0x1FFFu);
    }

    /// <summary>8 bits of significand: the nearest, of two the even one.</summary>
    private static double ToBFloat16(double x)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)x);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
