using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Execution;

public static partial class Philox
{
    /// <summary>
    /// Fills a matrix with numbers in [0, 1), each a function of (key, step, stream, row, column) alone: the same for every
    /// vector width and however the rows are shared out. Nothing past <paramref name="columns"/> is written.
    /// </summary>
    /// <param name="destination">Address of the first float of row <paramref name="firstRow"/>.</param>
    /// <param name="rows">Number of rows to fill.</param>
    /// <param name="columns">Number of floats to fill in a row.</param>
    /// <param name="stride">Distance of rows, in floats.</param>
    /// <param name="key">The seed.</param>
    /// <param name="step">Counts the uses of the matrix, as the training steps.</param>
    /// <param name="stream">Tells matrices of one seed apart, as the layers of a network.</param>
    /// <param name="firstRow">Index of the first row to fill in the whole matrix.</param>
    public static void FillUniform(
        nint destination, int rows, int columns, int stride, ulong key, ulong step, uint stream, int firstRow)
    {
        var streamKey = StreamKey(key, stream);
        var whole = columns / ColumnsPerGroup * ColumnsPerGroup;
        var rest = columns - whole;
        Span<float> group = stackalloc float[ColumnsPerGroup];
        for (var r = 0; r < rows; r++)
        {
            ref var row = ref Unsafe.Add(ref Address.ToRef(destination), (nint)r * stride);
            for (var column = 0; column < whole; column += ColumnsPerGroup)
                FillGroup(ref Unsafe.Add(ref row, column), streamKey, step, column / 4, firstRow + r);

            if (rest == 0) continue;
            FillGroup(ref MemoryMarshal.GetReference(group), streamKey, step, whole / 4, firstRow + r);
            group[..rest].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref row, whole), rest));
        }
    }

    // Columns 64·g … 64·g + 63 of a row, from the blocks 16·g … 16·g + 15.
    private static void FillGroup(ref float destination, ulong key, ulong step, int block, int row)
    {
        if (Avx512F.IsSupported)
        {
            var (a0, a1, a2, a3) = Blocks8(key, step, Counter(block, row));
            var (b0, b1, b2, b3) = Blocks8(key, step, Counter(block + 8, row));
            ToUnit(a0, b0).StoreUnsafe(ref destination);
            ToUnit(a1, b1).StoreUnsafe(ref destination, 16);
            ToUnit(a2, b2).StoreUnsafe(ref destination, 32);
            ToUnit(a3, b3).StoreUnsafe(ref destination, 48);
        }
        else if (Avx2.IsSupported)
        {
            for (var half = 0; half < BlocksPerGroup; half += 8)
            {
                var (a0, a1, a2, a3) = Blocks4(key, step, Counter(block + half, row));
                var (b0, b1, b2, b3) = Blocks4(key, step, Counter(block + half + 4, row));
                ToUnit(a0, b0).StoreUnsafe(ref destination, (nuint)half);
                ToUnit(a1, b1).StoreUnsafe(ref destination, (nuint)half + 16);
                ToUnit(a2, b2).StoreUnsafe(ref destination, (nuint)half + 32);
                ToUnit(a3, b3).StoreUnsafe(ref destination, (nuint)half + 48);
            }
        }
        else
        {
            for (var lane = 0; lane < BlocksPerGroup; lane++)
            {
                var (x0, x1, x2, x3) = Block(key, step, Counter(block + lane, row));
                Unsafe.Add(ref destination, lane) = ToUnit(x0);
                Unsafe.Add(ref destination, lane + 16) = ToUnit(x1);
                Unsafe.Add(ref destination, lane + 32) = ToUnit(x2);
                Unsafe.Add(ref destination, lane + 48) = ToUnit(x3);
            }
        }
    }

    // Eight blocks with consecutive counters. A word sits in the low half of a 64-bit lane; the high half is whatever is left
    // there, since the widening multiplication reads low halves only.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<ulong>, Vector512<ulong>, Vector512<ulong>, Vector512<ulong>) Blocks8(ulong key, ulong step, ulong counter)
    {
        var x0 = Vector512.Create(counter) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);
        var x1 = Vector512.Create(counter >> 32);
        var x2 = Vector512.Create(step);
        var x3 = Vector512.Create(step >> 32);
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = Avx512F.Multiply(x0.AsUInt32(), Vector512.Create(Multiplier0));
            var product1 = Avx512F.Multiply(x2.AsUInt32(), Vector512.Create(Multiplier1));
            x0 = (product1 >> 32) ^ x1 ^ Vector512.Create((ulong)key0);
            x1 = product1;
            x2 = (product0 >> 32) ^ x3 ^ Vector512.Create((ulong)key1);
            x3 = product0;
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }
        return (x0, x1, x2, x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong>, Vector256<ulong>, Vector256<ulong>, Vector256<ulong>) Blocks4(ulong key, ulong step, ulong counter)
    {
        var x0 = Vector256.Create(counter) + Vector256.Create(0ul, 1, 2, 3);
        var x1 = Vector256.Create(counter >> 32);
        var x2 = Vector256.Create(step);
        var x3 = Vector256.Create(step >> 32);
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = Avx2.Multiply(x0.AsUInt32(), Vector256.Create(Multiplier0));
            var product1 = Avx2.Multiply(x2.AsUInt32(), Vector256.Create(Multiplier1));
            x0 = (product1 >> 32) ^ x1 ^ Vector256.Create((ulong)key0);
            x1 = product1;
            x2 = (product0 >> 32) ^ x3 ^ Vector256.Create((ulong)key1);
            x3 = product0;
            key0 = unchecked(key0 + KeyStep0);
            key1 = unchecked(key1 + KeyStep1);
        }
        return (x0, x1, x2, x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ToUnit(Vector512<ulong> low, Vector512<ulong> high) =>
        Vector512.ConvertToSingle((Vector512.Narrow(low, high) >> 8).AsInt32()) * Vector512.Create(Unit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToUnit(Vector256<ulong> low, Vector256<ulong> high) =>
        Vector256.ConvertToSingle((Vector256.Narrow(low, high) >> 8).AsInt32()) * Vector256.Create(Unit);
}
