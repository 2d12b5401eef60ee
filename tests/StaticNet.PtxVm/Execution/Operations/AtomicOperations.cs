using System.Numerics;

namespace StaticNet.PtxVm.Execution.Operations;

/// <summary>An operation of two operands as one of memory: what was there, and the value.</summary>
internal readonly struct Update<T, TOperation> : ITernary<T, T, T, T>
    where TOperation : IBinary<T, T, T>
{
    public static T Invoke(T a, T b, T c) => TOperation.Invoke(a, b);
}

internal readonly struct CompareAndSwap<T> : ITernary<T, T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b, T c) => a == b ? c : a;
}

internal readonly struct Exchange<T> : IBinary<T, T, T>
{
    public static T Invoke(T a, T b) => b;
}

/// <summary>Counts up to a bound and begins again.</summary>
internal readonly struct Increment<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a >= b ? T.Zero : a + T.One;
}

/// <summary>Counts down to zero and begins again.</summary>
internal readonly struct Decrement<T> : IBinary<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a == T.Zero || a > b ? b : a - T.One;
}
