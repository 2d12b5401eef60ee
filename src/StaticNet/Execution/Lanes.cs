using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>
/// Samples as vector lanes: straight-line code of a small network computes as many samples at once as a vector has lanes. Values lie
/// sample after sample in memory, <c>stride</c> floats apart; lanes beyond the last sample repeat it or are zero and are never written.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Lanes
{
    /// <summary>The same element of 16 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gather512(ref float source, nuint stride, nuint count)
    {
        if (count < 16)
        {
            return GatherFew512(ref source, stride, count);
        }

        return stride == 1
            ? Vector512.LoadUnsafe(ref source)
            : Vector512.Create(Gather256(ref source, stride, 8), Gather256(ref Unsafe.Add(ref source, 8 * stride), stride, 8));
    }

    /// <summary>The same element of 8 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather256(ref float source, nuint stride, nuint count)
    {
        if (count < 8)
        {
            return GatherFew256(ref source, stride, count);
        }

        return stride == 1
            ? Vector256.LoadUnsafe(ref source)
            : Vector256.Create(Gather128(ref source, stride, 4), Gather128(ref Unsafe.Add(ref source, 4 * stride), stride, 4));
    }

    /// <summary>The same element of 4 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gather128(ref float source, nuint stride, nuint count)
    {
        if (count >= 4)
        {
            return stride == 1
                ? Vector128.LoadUnsafe(ref source)
                : Vector128.Create(source, Unsafe.Add(ref source, stride), Unsafe.Add(ref source, 2 * stride), Unsafe.Add(ref source, 3 * stride));
        }

        if (count == 1)
        {
            return Vector128.Create(source);
        }

        var last = Unsafe.Add(ref source, (count - 1) * stride);
        return Vector128.Create(source, Unsafe.Add(ref source, stride), last, last);
    }

    /// <summary>The elements of 16 samples; zero in lanes without a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GatherOrZero512(ref float source, nuint stride, nuint count)
    {
        var all = Gather512(ref source, stride, count);
        return count >= 16 ? all : Vector512.ConditionalSelect(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle(), all, Vector512<float>.Zero);
    }

    /// <summary>The elements of 8 samples; zero in lanes without a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GatherOrZero256(ref float source, nuint stride, nuint count)
    {
        var all = Gather256(ref source, stride, count);
        return count >= 8 ? all : Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count)).AsSingle(), all, Vector256<float>.Zero);
    }

    /// <summary>The elements of 4 samples; zero in lanes without a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GatherOrZero128(ref float source, nuint stride, nuint count)
    {
        var all = Gather128(ref source, stride, count);
        return count >= 4 ? all : Vector128.ConditionalSelect(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create((int)count)).AsSingle(), all, Vector128<float>.Zero);
    }

    /// <summary>Writes one element of up to 16 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Vector512<float> vector, ref float target, nuint stride, nuint count)
    {
        if (stride == 1 && count >= 16)
        {
            vector.StoreUnsafe(ref target);
            return;
        }

        Scatter(vector.GetLower(), ref target, stride, count);
        if (count > 8)
        {
            Scatter(vector.GetUpper(), ref Unsafe.Add(ref target, 8 * stride), stride, count - 8);
        }
    }

    /// <summary>Writes one element of up to 8 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Vector256<float> vector, ref float target, nuint stride, nuint count)
    {
        if (stride == 1 && count >= 8)
        {
            vector.StoreUnsafe(ref target);
            return;
        }

        Scatter(vector.GetLower(), ref target, stride, count);
        if (count > 4)
        {
            Scatter(vector.GetUpper(), ref Unsafe.Add(ref target, 4 * stride), stride, count - 4);
        }
    }

    /// <summary>Writes one element of up to 4 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Vector128<float> vector, ref float target, nuint stride, nuint count)
    {
        target = vector.ToScalar();
        if (count > 1)
        {
            Unsafe.Add(ref target, stride) = vector.GetElement(1);
        }

        if (count > 2)
        {
            Unsafe.Add(ref target, 2 * stride) = vector.GetElement(2);
        }

        if (count > 3)
        {
            Unsafe.Add(ref target, 3 * stride) = vector.GetElement(3);
        }
    }

    /// <summary>
    /// Sums of 16 lanes each: row by row of <paramref name="columns"/> sums, rows <paramref name="stride"/> sums apart, to the same places
    /// of a gradient.
    /// </summary>
    public static void Fold(nint sums, nint gradient, int rows, int columns, int stride, bool accumulate)
    {
        ref var from = ref Address.ToRef(sums);
        ref var to = ref Address.ToRef(gradient);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var index = (nuint)((row * stride) + column);
                var sum = Fold(ref from, 16 * index);
                Unsafe.Add(ref to, index) = accumulate ? Unsafe.Add(ref to, index) + sum : sum;
            }

            for (var column = columns; column < stride; column++)
            {
                Unsafe.Add(ref to, (nuint)((row * stride) + column)) = 0;
            }
        }
    }

    /// <summary>Adds so many floats to others and sets them to zero.</summary>
    public static unsafe void Move(nint source, nint target, int floats)
    {
        var from = new Span<float>((void*)source, floats);
        var to = new Span<float>((void*)target, floats);
        for (var i = 0; i < floats; i++)
        {
            to[i] += from[i];
        }

        from.Clear();
    }

    /// <summary>Sets so many floats to zero.</summary>
    public static unsafe void Clear(nint address, int floats) => new Span<float>((void*)address, floats).Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(ref float sums, nuint offset) => Vector512.IsHardwareAccelerated
        ? VectorMath.FoldSum(Vector512.LoadUnsafe(ref sums, offset))
        : VectorMath.FoldSum(Vector256.LoadUnsafe(ref sums, offset), Vector256.LoadUnsafe(ref sums, offset + 8));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> GatherFew512(ref float source, nuint stride, nuint count) => count <= 8
        ? Vector512.Create(Gather256(ref source, stride, count), Vector256<float>.Zero)
        : Vector512.Create(Gather256(ref source, stride, 8), Gather256(ref Unsafe.Add(ref source, 8 * stride), stride, count - 8));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> GatherFew256(ref float source, nuint stride, nuint count) => count <= 4
        ? Vector256.Create(Gather128(ref source, stride, count), Vector128<float>.Zero)
        : Vector256.Create(Gather128(ref source, stride, 4), Gather128(ref Unsafe.Add(ref source, 4 * stride), stride, count - 4));
}
