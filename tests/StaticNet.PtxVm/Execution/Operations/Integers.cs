using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.PtxVm.Execution.Operations;

internal readonly struct MultiplyHigh<T, TWide> : IBinary<T, T, T>
    where T : unmanaged, IBinaryInteger<T>
    where TWide : IBinaryInteger<TWide>
{
    public static T Invoke(T a, T b) =>
        T.CreateTruncating((TWide.CreateTruncating(a) * TWide.CreateTruncating(b)) >> (8 * Unsafe.SizeOf<T>()));
}

internal readonly struct MultiplyHighAdd<T, TWide> : ITernary<T, T, T, T>
    where T : unmanaged, IBinaryInteger<T>
    where TWide : IBinaryInteger<TWide>
{
    public static T Invoke(T a, T b, T c) => unchecked(MultiplyHigh<T, TWide>.Invoke(a, b) + c);
}

internal readonly struct MultiplyWide<T, TWide> : IBinary<T, T, TWide>
    where T : IBinaryInteger<T>
    where TWide : IBinaryInteger<TWide>
{
    public static TWide Invoke(T a, T b) => TWide.CreateTruncating(a) * TWide.CreateTruncating(b);
}

internal readonly struct MultiplyWideAdd<T, TWide> : ITernary<T, T, TWide, TWide>
    where T : IBinaryInteger<T>
    where TWide : IBinaryInteger<TWide>
{
    public static TWide Invoke(T a, T b, TWide c) => (TWide.CreateTruncating(a) * TWide.CreateTruncating(b)) + c;
}

internal readonly struct MultiplyAdd<T> : ITernary<T, T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b, T c) => (a * b) + c;
}

internal readonly struct DivideInteger<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    /// <summary>The one quotient that does not fit wraps, as everything else does.</summary>
    public static T Invoke(T a, T b) => b == -T.One && T.IsNegative(b) ? T.Zero - a : a / b;
}

internal readonly struct Remainder<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => b == -T.One && T.IsNegative(b) ? T.Zero : a % b;
}

internal readonly struct AbsoluteInteger<T> : IUnary<T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a) => T.IsNegative(a) ? T.Zero - a : a;
}

internal readonly struct Minimum<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a < b ? a : b;
}

internal readonly struct Maximum<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a > b ? a : b;
}

internal readonly struct PopulationCount<T> : IUnary<T, uint>
    where T : IBinaryInteger<T>
{
    public static uint Invoke(T a) => uint.CreateTruncating(T.PopCount(a));
}

internal readonly struct CountLeadingZeros<T> : IUnary<T, uint>
    where T : IBinaryInteger<T>
{
    public static uint Invoke(T a) => uint.CreateTruncating(T.LeadingZeroCount(a));
}

internal readonly struct ReverseBits<T> : IUnary<T, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Invoke(T a)
    {
        var reversed = T.Zero;
        for (var bit = 0; bit < 8 * Unsafe.SizeOf<T>(); bit++, a >>= 1)
            reversed = (reversed << 1) | (a & T.One);

        return reversed;
    }
}
