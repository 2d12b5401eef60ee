using System.Numerics;

namespace StaticNet.PtxVm.Execution.Operations;

// Floats that are not a number fail every comparison but the "unordered" ones; integers are always ordered.

internal readonly struct Equal<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a == b;
}

internal readonly struct NotEqual<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a != b && !T.IsNaN(a) && !T.IsNaN(b);
}

internal readonly struct Less<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a < b;
}

internal readonly struct LessOrEqual<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a <= b;
}

internal readonly struct Greater<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a > b;
}

internal readonly struct GreaterOrEqual<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a >= b;
}

internal readonly struct EqualOrUnordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a == b || T.IsNaN(a) || T.IsNaN(b);
}

internal readonly struct NotEqualOrUnordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a != b;
}

internal readonly struct LessOrUnordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => !(a >= b);
}

internal readonly struct LessOrEqualOrUnordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => !(a > b);
}

internal readonly struct GreaterOrUnordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => !(a <= b);
}

internal readonly struct GreaterOrEqualOrUnordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => !(a < b);
}

internal readonly struct Ordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => !T.IsNaN(a) && !T.IsNaN(b);
}

internal readonly struct Unordered<T> : IComparison<T>
    where T : INumber<T>
{
    public static bool Invoke(T a, T b) => T.IsNaN(a) || T.IsNaN(b);
}
