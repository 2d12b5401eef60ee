namespace StaticNet.PtxVm.Execution.Operations;

/// <summary><c>cvt.rn.bf16.f32</c>: to the nearest, ties to even; NaN becomes the canonical one.</summary>
internal readonly struct ToBFloat16 : IUnary<float, ushort>
{
    public static ushort Invoke(float a)
    {
        var bits = BitConverter.SingleToUInt32Bits(a);
        return float.IsNaN(a) ? (ushort)0x7FFF : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}

/// <summary>As <see cref="ToBFloat16"/>, negative values to zero.</summary>
internal readonly struct ReluToBFloat16 : IUnary<float, ushort>
{
    public static ushort Invoke(float a) => a < 0 ? (ushort)0 : ToBFloat16.Invoke(a);
}

/// <summary><c>cvt.rn.f16.f32</c></summary>
internal readonly struct ToHalf : IUnary<float, ushort>
{
    public static ushort Invoke(float a) => float.IsNaN(a) ? (ushort)0x7FFF : BitConverter.HalfToUInt16Bits((Half)a);
}

/// <summary>As <see cref="ToHalf"/>, negative values to zero.</summary>
internal readonly struct ReluToHalf : IUnary<float, ushort>
{
    public static ushort Invoke(float a) => a < 0 ? (ushort)0 : ToHalf.Invoke(a);
}

/// <summary>Two halves of a register: the first operand gives the upper one.</summary>
internal readonly struct Pair<T> : IBinary<float, float, uint>
    where T : IUnary<float, ushort>
{
    public static uint Invoke(float a, float b) => ((uint)T.Invoke(a) << 16) | T.Invoke(b);
}

/// <summary><c>cvt.rna.tf32.f32</c>: 10 bits of mantissa, ties away from zero; the 13 lower bits are zero.</summary>
internal readonly struct ToTensorFloat32 : IUnary<float, uint>
{
    public static uint Invoke(float a)
    {
        var bits = BitConverter.SingleToUInt32Bits(a);
        return float.IsNaN(a) ? 0x7FFFFFFF : float.IsInfinity(a) ? bits : (bits + 0x1000) & 0xFFFFE000;
    }
}
