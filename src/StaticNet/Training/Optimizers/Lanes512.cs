using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>Optimizer arithmetic on registers of 512 bits.</summary>
internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    private const float SmallestNormal = 1.17549435e-38f;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly float origin, nuint index) => Vector512.LoadUnsafe(in origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float origin, nuint index) => value.StoreUnsafe(ref origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Flush(Vector512<float> a) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(a), Vector512.Create(SmallestNormal)), Vector512<float>.Zero, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ScaleNonzero(Vector512<float> a, Vector512<float> scale) =>
        Vector512.ConditionalSelect(Vector512.Equals(a, Vector512<float>.Zero), a, a * scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sign(Vector512<float> a, Vector512<float> magnitude) =>
        Vector512.ConditionalSelect(
            Vector512.Equals(a, Vector512<float>.Zero), Vector512<float>.Zero, magnitude | (a & Vector512.Create(-0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp(Vector512<float> a, Vector512<float> limit)
    {
        a = Vector512.ConditionalSelect(Vector512.GreaterThan(a, limit), limit, a);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, -limit), -limit, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMagnitudes(Vector512<float> a, ref double sums)
    {
        var (low, high) = Vector512.Widen(Vector512.Abs(a));
        Accumulate(low, ref sums);
        Accumulate(high, ref Unsafe.Add(ref sums, Vector512<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquares(Vector512<float> a, ref double sums)
    {
        var (low, high) = Vector512.Widen(a);
        Accumulate(low * low, ref sums);
        Accumulate(high * high, ref Unsafe.Add(ref sums, Vector512<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector512<double> value, ref double sums) =>
        (Vector512.LoadUnsafe(ref sums) + value).StoreUnsafe(ref sums);
}
