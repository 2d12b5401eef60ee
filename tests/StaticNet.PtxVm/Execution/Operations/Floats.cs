using System.Numerics;

namespace StaticNet.PtxVm.Execution.Operations;

[FloatingPoint]
internal readonly struct Add<T> : IBinary<T, T, T>
    where T : INumberBase<T>
{
    public static T Invoke(T a, T b) => a + b;
}

[FloatingPoint]
internal readonly struct Subtract<T> : IBinary<T, T, T>
    where T : INumberBase<T>
{
    public static T Invoke(T a, T b) => a - b;
}

[FloatingPoint]
internal readonly struct Multiply<T> : IBinary<T, T, T>
    where T : INumberBase<T>
{
    public static T Invoke(T a, T b) => a * b;
}

[FloatingPoint(2)]
internal readonly struct FusedMultiplyAdd<T> : ITernary<T, T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b, T c) => T.FusedMultiplyAdd(a, b, c);
}

[FloatingPoint]
internal readonly struct Divide<T> : IBinary<T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => a / b;
}

[FloatingPoint]
internal readonly struct Reciprocal<T> : IUnary<T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.One / a;
}

[FloatingPoint]
internal readonly struct SquareRoot<T> : IUnary<T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.Sqrt(a);
}

internal readonly struct Negate<T> : IUnary<T, T>
    where T : INumberBase<T>
{
    public static T Invoke(T a) => -a;
}

internal readonly struct Absolute<T> : IUnary<T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.Abs(a);
}

/// <summary>The sign of the first operand with the magnitude of the second.</summary>
internal readonly struct CopySign<T> : IBinary<T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => T.CopySign(b, a);
}

/// <summary>Without <c>.NaN</c>, the operand that is a number wins.</summary>
[FloatingPoint]
internal readonly struct MinimumNumber<T> : IBinary<T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => T.MinNumber(a, b);
}

[FloatingPoint]
internal readonly struct MaximumNumber<T> : IBinary<T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => T.MaxNumber(a, b);
}

[FloatingPoint]
internal readonly struct MinimumOrNaN<T> : IBinary<T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => T.Min(a, b);
}

[FloatingPoint]
internal readonly struct MaximumOrNaN<T> : IBinary<T, T, T>
    where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => T.Max(a, b);
}
