using System.Runtime.Intrinsics;

namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>
    /// Turns a weight matrix stored by <see cref="ParameterLayout"/>: its inputs become the outputs of the copy, stored likewise. Padding of
    /// the copy is zero.
    /// </summary>
    public static void Turn(nint source, int outputs, int inputs, nint target) => TurnCell(source, outputs, inputs, 1, 0, target);

    /// <summary>
    /// Turns one cell of the weights of a window, [outputs, inputs, cells] stored by <see cref="ParameterLayout"/>, into a copy [inputs,
    /// outputs, cells] that is stored likewise but last cell first.
    /// </summary>
    public static void TurnCell(nint source, int outputs, int inputs, int cells, int cell, nint target)
    {
        var block = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        var (paddedOutputs, paddedInputs) = (ParameterLayout.PaddedTo16(outputs), ParameterLayout.PaddedTo16(inputs));
        for (var output = 0; output < outputs; output += block)
        {
            var panel = output / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth;
            var width = Math.Min(ParameterLayout.PanelWidth, paddedOutputs - panel);
            for (var input = 0; input < paddedInputs; input += block)
            {
                var turnedPanel = input / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth;
                var turnedWidth = Math.Min(ParameterLayout.PanelWidth, paddedInputs - turnedPanel);
                var to = (float*)target + ((long)turnedPanel * outputs * cells) + ((((long)(cells - 1 - cell) * outputs) + output) * turnedWidth) + (input - turnedPanel);
                var rows = Math.Min(block, outputs - output);
                if (input >= inputs)
                {
                    ClearColumns((nint)to, turnedWidth, 0, block, 0, (nuint)rows);
                    continue;
                }

                var from = (float*)source + ((long)panel * inputs * cells) + ((((long)cell * inputs) + input) * width) + (output - panel);
                switch (block)
                {
                    case 16:
                        Turn16(from, width, inputs - input, to, turnedWidth, rows);
                        break;
                    case 8:
                        Turn8(from, width, inputs - input, to, turnedWidth, rows);
                        break;
                    default:
                        Turn4(from, width, inputs - input, to, turnedWidth, rows);
                        break;
                }
            }
        }
    }
}
