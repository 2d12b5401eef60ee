using System.Numerics;
using System.Runtime.CompilerServices;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution.Operations;

/// <summary>How a conversion gets to a value that its result can hold.</summary>
internal interface IRounding
{
    static abstract TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>;
}

/// <summary>The rounding of a float to an integral value.</summary>
internal interface IIntegralRounding
{
    static abstract double Round(double value);
}

internal readonly struct Convert<TFrom, TTo, TRounding> : IConversion<TFrom, TTo>
    where TFrom : INumberBase<TFrom>
    where TTo : unmanaged, INumberBase<TTo>
    where TRounding : IRounding
{
    public static TTo Invoke(TFrom value) => TRounding.Convert<TFrom, TTo>(value);
}

/// <summary>Between integers: low bits, or filled up by the sign.</summary>
internal readonly struct Truncate : IRounding
{
    public static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => TTo.CreateTruncating(value);
}

/// <summary>To a float, to the nearest, ties to even.</summary>
internal readonly struct Round : IRounding
{
    public static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => TTo.CreateTruncating(value);
}

internal readonly struct ToNearestEven : IRounding, IIntegralRounding
{
    public static double Round(double value) => Math.Round(value, MidpointRounding.ToEven);

    public static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => Integral.Convert<TFrom, TTo, ToNearestEven>(value);
}

internal readonly struct TowardZero : IRounding, IIntegralRounding
{
    public static double Round(double value) => Math.Truncate(value);

    public static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => Integral.Convert<TFrom, TTo, TowardZero>(value);
}

internal readonly struct Down : IRounding, IIntegralRounding
{
    public static double Round(double value) => Math.Floor(value);

    public static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => Integral.Convert<TFrom, TTo, Down>(value);
}

internal readonly struct Up : IRounding, IIntegralRounding
{
    public static double Round(double value) => Math.Ceiling(value);

    public static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => Integral.Convert<TFrom, TTo, Up>(value);
}

internal static class Integral
{
    /// <summary>Rounds and clamps. NaN gives 0, or the top bit alone where 64 bits are involved.</summary>
    public static TTo Convert<TFrom, TTo, TRounding>(TFrom value)
        where TFrom : INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
        where TRounding : IIntegralRounding
    {
        if (TFrom.IsNaN(value) && typeof(TTo) != typeof(float))
        {
            var hasTopBit = typeof(TFrom) == typeof(double) || Unsafe.SizeOf<TTo>() == 8;
            return hasTopBit ? TTo.CreateTruncating(1UL << ((8 * Unsafe.SizeOf<TTo>()) - 1)) : TTo.Zero;
        }

        return TTo.CreateSaturating(TRounding.Round(double.CreateTruncating(value)));
    }
}

/// <summary>Executes a conversion between registers that may be wider than the types: low bytes are read, results are filled up by the sign.</summary>
internal sealed unsafe class Conversion<TFrom, TTo, TOperation>(Slot result, Slot source) : Instruction
    where TFrom : unmanaged
    where TTo : unmanaged, INumberBase<TTo>
    where TOperation : IConversion<TFrom, TTo>
{
    public override void Execute(Warp warp, uint active)
    {
        var to = warp.Registers + result.Offset;
        var from = warp.Registers + source.Offset;
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var value = TOperation.Invoke(*(TFrom*)(from + (lane * source.Size)));
            if (result.Size == sizeof(TTo))
                *(TTo*)(to + (lane * result.Size)) = value;
            else
                RegisterValue.Write(to, lane, result.Size, ulong.CreateTruncating(long.CreateTruncating(value)));
        }
    }
}

/// <summary>Lanes of registers of any size.</summary>
internal static unsafe class RegisterValue
{
    /// <summary>Writes the low bytes of a value to a lane.</summary>
    public static void Write(byte* register, int lane, int size, ulong value)
    {
        switch (size)
        {
            case 2:
                ((ushort*)register)[lane] = (ushort)value;
                break;
            case 4:
                ((uint*)register)[lane] = (uint)value;
                break;
            default:
                ((ulong*)register)[lane] = value;
                break;
        }
    }

    /// <summary>Reads a lane, filled up with zeros.</summary>
    public static ulong Read(byte* register, int lane, int size) => size switch
    {
        2 => ((ushort*)register)[lane],
        4 => ((uint*)register)[lane],
        _ => ((ulong*)register)[lane],
    };
}
