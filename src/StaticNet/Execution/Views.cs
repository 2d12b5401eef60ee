using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>Moves values between places without changing them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Views
{
    /// <summary>Copies columns of rows to columns of other rows. Strides are in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows(
        nint source, int sourceStride, int sourceColumn, nint target, int targetStride, int targetColumn, int columns, nuint firstRow, nuint rows)
    {
        var from = (float*)source + (firstRow * (nuint)sourceStride) + sourceColumn;
        var to = (float*)target + (firstRow * (nuint)targetStride) + targetColumn;
        for (nuint row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(from, columns).CopyTo(new Span<float>(to, columns));
            from += sourceStride;
            to += targetStride;
        }
    }

    /// <summary>Sets columns of rows to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ClearColumns(nint target, int targetStride, int column, int columns, nuint firstRow, nuint rows)
    {
        var to = (float*)target + (firstRow * (nuint)targetStride) + column;
        for (nuint row = 0; row < rows; row++)
        {
            new Span<float>(to, columns).Clear();
            to += targetStride;
        }
    }
}
