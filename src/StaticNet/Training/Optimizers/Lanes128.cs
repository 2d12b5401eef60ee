using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>Optimizer arithmetic on registers of 128 bits.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<float>>
{
    private const float SmallestNormal = 1.17549435e-38f;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(ref readonly float origin, nuint index) => Vector128.LoadUnsafe(in origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, ref float origin, nuint index) => value.StoreUnsafe(ref origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Flush(Vector128<float> a) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(a), Vector128.Create(SmallestNormal)), Vector128<float>.Zero, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ScaleNonzero(Vector128<float> a, Vector128<float> scale) =>
        Vector128.ConditionalSelect(Vector128.Equals(a, Vector128<float>.Zero), a, a * scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sign(Vector128<float> a, Vector128<float> magnitude) =>
        Vector128.ConditionalSelect(
            Vector128.Equals(a, Vector128<float>.Zero), Vector128<float>.Zero, magnitude | (a & Vector128.Create(-0f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Clamp(Vector128<float> a, Vector128<float> limit)
    {
        a = Vector128.ConditionalSelect(Vector128.GreaterThan(a, limit), limit, a);
        return Vector128.ConditionalSelect(Vector128.LessThan(a, -limit), -limit, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMagnitudes(Vector128<float> a, ref double sums)
    {
        var (low, high) = Vector128.Widen(Vector128.Abs(a));
        Accumulate(low, ref sums);
        Accumulate(high, ref Unsafe.Add(ref sums, Vector128<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquares(Vector128<float> a, ref double sums)
    {
        var (low, high) = Vector128.Widen(a);
        Accumulate(low * low, ref sums);
        Accumulate(high * high, ref Unsafe.Add(ref sums, Vector128<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector128<double> value, ref double sums) =>
        (Vector128.LoadUnsafe(ref sums) + value).StoreUnsafe(ref sums);
}
