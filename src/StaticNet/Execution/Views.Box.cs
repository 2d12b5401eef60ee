using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>Copies a box into those of the given lines of the target that it reaches. Strides are floats from row to row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyBox(nint source, int sourceStride, nint target, int targetStride, RowBox box, nuint firstLine, nuint lines)
    {
        var (rows, columns) = (box.Rows, box.Columns);

        // Whole rows that lie alike are one piece, padding included.
        var isWhole = sourceStride == targetStride && columns.Source == columns.Target && columns.Length == columns.Source;
        for (var line = (long)firstLine; line < (long)(firstLine + lines); line++)
        {
            var (sample, place) = Math.DivRem(line, box.Lines.Target);
            var inside = place - box.Lines.To;
            if (inside < 0 || inside >= box.Lines.Length)
            {
                continue;
            }

            var fromRow = (((sample * box.Lines.Source) + box.Lines.From + inside) * rows.Source) + rows.From;
            var from = (float*)source + (fromRow * sourceStride);
            var to = (float*)target + (((line * rows.Target) + rows.To) * targetStride);
            if (isWhole)
            {
                var floats = rows.Length * sourceStride;
                new ReadOnlySpan<float>(from, floats).CopyTo(new Span<float>(to, floats));
                continue;
            }

            for (var row = 0; row < rows.Length; row++)
            {
                new ReadOnlySpan<float>(from + columns.From, columns.Length).CopyTo(new Span<float>(to + columns.To, columns.Length));
                from += sourceStride;
                to += targetStride;
            }
        }
    }

    /// <summary>Sets the rows of the given lines of the target that a box does not reach to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ClearAround(nint target, int targetStride, RowBox box, nuint firstLine, nuint lines)
    {
        // What is behind the box in one line and before it in the next is one piece.
        var rows = box.Rows;
        var (before, behind, floats) = (rows.To * targetStride, (rows.To + rows.Length) * targetStride, rows.Target * targetStride);
        var place = (long)firstLine % box.Lines.Target;
        var to = (float*)target + ((long)firstLine * floats);
        var from = 0;
        for (nuint line = 0; line < lines; line++, to += floats, from -= floats)
        {
            if (place >= box.Lines.To && place < box.Lines.To + box.Lines.Length)
            {
                Clear(to + from, before - from);
                from = behind;
            }

            place = place + 1 == box.Lines.Target ? 0 : place + 1;
        }

        Clear(to + from, -from);
    }

    /// <summary>Sets floats to zero: a few places of an image at once, a line through the system.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear(float* to, int floats)
    {
        if (floats > 512)
        {
            new Span<float>(to, floats).Clear();
            return;
        }

        var i = 0;
        for (; i <= floats - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float>.Zero.Store(to + i);
        }

        for (; i < floats; i++)
        {
            to[i] = 0;
        }
    }
}
