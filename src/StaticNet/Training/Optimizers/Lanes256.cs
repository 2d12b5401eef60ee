using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>Optimizer arithmetic on registers of 256 bits.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    private const float SmallestNormal = 1.17549435e-38f;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref readonly float origin, nuint index) => Vector256.LoadUnsafe(in origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, ref float origin, nuint index) => value.StoreUnsafe(ref origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sqrt(Vector256<float> a) => Vector256.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Flush(Vector256<float> a) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(a), Vector256.Create(SmallestNormal)), Vector256<float>.Zero, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ScaleNonzero(Vector256<float> a, Vector256<float> scale) =>
        Vector256.ConditionalSelect(Vector256.Equals(a, Vector256<float>.Zero), a, a * scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sign(Vector256<float> a, Vector256<float> magnitude) =>
        Vector256.ConditionalSelect(
            Vector256.Equals(a, Vector256<float>.Zero), Vector256<float>.Zero, magnitude | (a & Vector256.Create(-0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> a, Vector256<float> limit)
    {
        a = Vector256.ConditionalSelect(Vector256.GreaterThan(a, limit), limit, a);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, -limit), -limit, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMagnitudes(Vector256<float> a, ref double sums)
    {
        var (low, high) = Vector256.Widen(Vector256.Abs(a));
        Accumulate(low, ref sums);
        Accumulate(high, ref Unsafe.Add(ref sums, Vector256<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquares(Vector256<float> a, ref double sums)
    {
        var (low, high) = Vector256.Widen(a);
        Accumulate(low * low, ref sums);
        Accumulate(high * high, ref Unsafe.Add(ref sums, Vector256<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector256<double> value, ref double sums) =>
        (Vector256.LoadUnsafe(ref sums) + value).StoreUnsafe(ref sums);
}
