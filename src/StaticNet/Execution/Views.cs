using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

/// <summary>Moves values between places without changing them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Views
{
    /// <summary>Copies columns of rows to columns of other rows. Strides are in floats.</summary>
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
    public static void ClearColumns(nint target, int targetStride, int column, int columns, nuint firstRow, nuint rows)
    {
        var to = (float*)target + (firstRow * (nuint)targetStride) + column;
        for (nuint row = 0; row < rows; row++)
        {
            new Span<float>(to, columns).Clear();
            to += targetStride;
        }
    }

    /// <summary>
    /// Turns a weight matrix stored by <see cref="ParameterLayout"/>: its inputs become the outputs of the copy, stored likewise. Padding of
    /// the copy is zero.
    /// </summary>
    public static void Turn(nint source, int outputs, int inputs, nint target)
    {
        for (var firstOutput = 0; firstOutput < outputs; firstOutput += 16)
        {
            var panel = firstOutput / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth;
            var width = Math.Min(ParameterLayout.PanelWidth, ParameterLayout.PaddedTo16(outputs) - panel);
            for (var firstInput = 0; firstInput < inputs; firstInput += 16)
            {
                var turnedPanel = firstInput / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth;
                var turnedWidth = Math.Min(ParameterLayout.PanelWidth, ParameterLayout.PaddedTo16(inputs) - turnedPanel);
                TurnBlock(
                    (float*)source + ((long)panel * inputs) + ((long)firstInput * width) + (firstOutput - panel),
                    width,
                    Math.Min(16, inputs - firstInput),
                    (float*)target + ((long)turnedPanel * outputs) + ((long)firstOutput * turnedWidth) + (firstInput - turnedPanel),
                    turnedWidth,
                    Math.Min(16, outputs - firstOutput));
            }
        }
    }

    /// <summary>Turns a block of up to 16 rows of 16 floats, four by four; rows of the source that do not exist count as zeros.</summary>
    private static void TurnBlock(float* source, int sourceStride, int sourceRows, float* target, int targetStride, int targetRows)
    {
        for (var column = 0; column < targetRows; column += 4)
        {
            for (var row = 0; row < 16; row += 4)
            {
                var a = Row(source, sourceStride, row, column, sourceRows);
                var b = Row(source, sourceStride, row + 1, column, sourceRows);
                var c = Row(source, sourceStride, row + 2, column, sourceRows);
                var d = Row(source, sourceStride, row + 3, column, sourceRows);

                // Columns 0 and 1, then 2 and 3, of two rows side by side; then of four.
                var abLow = Interleave(a, b, upper: false);
                var abHigh = Interleave(a, b, upper: true);
                var cdLow = Interleave(c, d, upper: false);
                var cdHigh = Interleave(c, d, upper: true);
                Store(target, targetStride, column, row, targetRows, Vector128.Create(abLow.GetLower(), cdLow.GetLower()));
                Store(target, targetStride, column + 1, row, targetRows, Vector128.Create(abLow.GetUpper(), cdLow.GetUpper()));
                Store(target, targetStride, column + 2, row, targetRows, Vector128.Create(abHigh.GetLower(), cdHigh.GetLower()));
                Store(target, targetStride, column + 3, row, targetRows, Vector128.Create(abHigh.GetUpper(), cdHigh.GetUpper()));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Row(float* source, int stride, int row, int column, int rows) =>
        row < rows ? Vector128.Load(source + ((nint)row * stride) + column) : Vector128<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* target, int stride, int row, int column, int rows, Vector128<float> vector)
    {
        if (row < rows)
        {
            vector.Store(target + ((nint)row * stride) + column);
        }
    }

    /// <summary>a₀ b₀ a₁ b₁, or a₂ b₂ a₃ b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Vector128<float> a, Vector128<float> b, bool upper)
    {
        var left = upper ? Vector128.Shuffle(a, Vector128.Create(2, 2, 3, 3)) : Vector128.Shuffle(a, Vector128.Create(0, 0, 1, 1));
        var right = upper ? Vector128.Shuffle(b, Vector128.Create(2, 2, 3, 3)) : Vector128.Shuffle(b, Vector128.Create(0, 0, 1, 1));
        return Vector128.ConditionalSelect(Vector128.Create(-1, 0, -1, 0).AsSingle(), left, right);
    }
}
