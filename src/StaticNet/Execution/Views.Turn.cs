using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>
    /// Turns one cell of the weights of a window, [outputs, inputs, cells] stored by <see cref="ParameterLayout"/>, into a copy [inputs,
    /// outputs, cells] that is stored likewise but last cell first. Padding of the copy is zero.
    /// </summary>
    public static void TurnCell(nint source, int outputs, int inputs, int cells, int cell, nint target)
    {
        for (var panel = 0; panel * ParameterLayout.PanelWidth < inputs; panel++)
        {
            var first = panel * ParameterLayout.PanelWidth;
            var width = Math.Min(ParameterLayout.PanelWidth, ParameterLayout.PaddedTo16(inputs) - first);
            var to = (float*)target + ((long)first * outputs * cells) + ((long)(cells - 1 - cell) * outputs * width);
            TurnPanel(source, outputs, inputs, cells, cell, panel, to);
        }
    }

    /// <summary>
    /// Turns a part of a weight matrix stored by <see cref="ParameterLayout"/>: a panel of its inputs become outputs, each row one of its
    /// outputs. Padding of the copy is zero.
    /// </summary>
    public static void TurnPanel(nint source, int outputs, int inputs, int panel, nint target) => TurnPanel(source, outputs, inputs, 1, 0, panel, (float*)target);

    /// <summary>The same rows of the next panel are too far away for the processor to guess them.</summary>
    private static void Prefetch(float* next, int rows)
    {
        if (Sse.IsSupported)
        {
            for (var row = 0; row < rows; row++)
            {
                Sse.Prefetch0(next + (row * ParameterLayout.PanelWidth));
                Sse.Prefetch0(next + (row * ParameterLayout.PanelWidth) + 16);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TurnPanel(nint source, int outputs, int inputs, int cells, int cell, int turnedPanel, float* target)
    {
        var block = TurnedBlock;
        var paddedOutputs = ParameterLayout.PaddedTo16(outputs);
        var first = turnedPanel * ParameterLayout.PanelWidth;
        var turnedWidth = Math.Min(ParameterLayout.PanelWidth, ParameterLayout.PaddedTo16(inputs) - first);
        for (var output = 0; output < outputs; output += block)
        {
            var panel = output / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth;
            var width = Math.Min(ParameterLayout.PanelWidth, paddedOutputs - panel);
            var rows = Math.Min(block, outputs - output);
            for (var column = 0; column < turnedWidth; column += block)
            {
                var input = first + column;
                var to = target + ((long)output * turnedWidth) + column;
                if (input >= inputs)
                {
                    ClearColumns((nint)to, turnedWidth, 0, block, 0, (nuint)rows);
                    continue;
                }

                var from = (float*)source + ((long)panel * inputs * cells) + ((((long)cell * inputs) + input) * width) + (output - panel);
                if (output == panel && outputs - output > ParameterLayout.PanelWidth)
                {
                    Prefetch(from + ((long)ParameterLayout.PanelWidth * inputs * cells), block);
                }

                TurnBlock(from, width, inputs - input, to, turnedWidth, rows);
            }
        }
    }

    /// <summary>Rows and columns of the blocks that vectors turn.</summary>
    private static int TurnedBlock => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Turns a block. Rows that the source does not have are zero; the target has no more than so many.</summary>
    private static void TurnBlock(float* source, int sourceStride, int sourceRows, float* target, int targetStride, int targetRows)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Turn16(source, sourceStride, sourceRows, target, targetStride, targetRows);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Turn8(source, sourceStride, sourceRows, target, targetStride, targetRows);
        }
        else
        {
            Turn4(source, sourceStride, sourceRows, target, targetStride, targetRows);
        }
    }
}
