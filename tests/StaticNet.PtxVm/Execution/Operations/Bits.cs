using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.PtxVm.Execution.Operations;

internal readonly struct Move<T> : IUnary<T, T>
{
    public static T Invoke(T a) => a;
}

internal readonly struct And<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a & b;
}

internal readonly struct Or<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a | b;
}

internal readonly struct Xor<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a ^ b;
}

internal readonly struct Not<T> : IUnary<T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a) => ~a;
}

/// <summary>Shifts by the width or more give zero: amounts are clamped, where C# would wrap them.</summary>
internal readonly struct ShiftLeft<T> : IBinary<T, uint, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Invoke(T a, uint b) => b >= 8 * Unsafe.SizeOf<T>() ? T.Zero : a << (int)b;
}

/// <summary>Signed values are filled with their sign, which is also what shifts by the width or more give.</summary>
internal readonly struct ShiftRight<T> : IBinary<T, uint, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Invoke(T a, uint b) =>
        b < 8 * Unsafe.SizeOf<T>() ? a >> (int)b : T.IsNegative(a) ? T.Zero - T.One : T.Zero;
}

internal readonly struct FunnelShiftLeftWrap : ITernary<uint, uint, uint, uint>
{
    public static uint Invoke(uint low, uint high, uint amount) => (uint)((((ulong)high << 32) | low) << ((int)amount & 31) >> 32);
}

internal readonly struct FunnelShiftLeftClamp : ITernary<uint, uint, uint, uint>
{
    public static uint Invoke(uint low, uint high, uint amount) =>
        amount >= 32 ? low : FunnelShiftLeftWrap.Invoke(low, high, amount);
}

internal readonly struct FunnelShiftRightWrap : ITernary<uint, uint, uint, uint>
{
    public static uint Invoke(uint low, uint high, uint amount) => (uint)((((ulong)high << 32) | low) >> ((int)amount & 31));
}

internal readonly struct FunnelShiftRightClamp : ITernary<uint, uint, uint, uint>
{
    public static uint Invoke(uint low, uint high, uint amount) =>
        amount >= 32 ? high : FunnelShiftRightWrap.Invoke(low, high, amount);
}

/// <summary>A bit of the result is the bit of the table that the three operands' bits select.</summary>
internal readonly struct LogicOfThree : IQuaternary<uint, uint, uint, uint, uint>
{
    public static uint Invoke(uint a, uint b, uint c, uint table)
    {
        var result = 0u;
        for (var row = 0; row < 8; row++)
        {
            if (((table >> row) & 1) != 0)
                result |= ((row & 4) != 0 ? a : ~a) & ((row & 2) != 0 ? b : ~b) & ((row & 1) != 0 ? c : ~c);
        }

        return result;
    }
}

/// <summary>Each byte is one of the eight of b:a, or that one's sign in all bits.</summary>
internal readonly struct PermuteBytes : ITernary<uint, uint, uint, uint>
{
    public static uint Invoke(uint a, uint b, uint selectors)
    {
        var bytes = ((ulong)b << 32) | a;
        var result = 0u;
        for (var index = 0; index < 4; index++)
        {
            var selector = (int)(selectors >> (4 * index)) & 15;
            var value = (byte)(bytes >> (8 * (selector & 7)));
            var picked = (selector & 8) == 0 ? value : (uint)(byte)((sbyte)value >> 7);
            result |= picked << (8 * index);
        }

        return result;
    }
}

/// <summary>A field of bits; signed, the bits above it are its top bit, or that of the operand where the field reaches beyond.</summary>
internal readonly struct ExtractBits<T> : ITernary<T, uint, uint, T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static T Invoke(T a, uint position, uint length)
    {
        var (start, count, width) = ((int)(position & 255), (int)(length & 255), 8 * Unsafe.SizeOf<T>());
        var isSigned = T.IsNegative(T.MinValue);
        var sign = isSigned && count > 0 && ((a >> Math.Min(start + count - 1, width - 1)) & T.One) != T.Zero;
        var result = T.Zero;
        for (var bit = 0; bit < width; bit++)
        {
            var isSet = bit < count && start + bit < width ? ((a >> (start + bit)) & T.One) != T.Zero : sign;
            if (isSet)
                result |= T.One << bit;
        }

        return result;
    }
}

internal readonly struct InsertBits<T> : IQuaternary<T, T, uint, uint, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Invoke(T field, T into, uint position, uint length)
    {
        var (start, count, width) = ((int)(position & 255), (int)(length & 255), 8 * Unsafe.SizeOf<T>());
        for (var bit = 0; bit < count && start + bit < width; bit++)
        {
            var mask = T.One << (start + bit);
            into = ((field >> bit) & T.One) != T.Zero ? into | mask : into & ~mask;
        }

        return into;
    }
}
