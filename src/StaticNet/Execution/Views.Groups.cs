namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>
    /// One cell of the weights of a window over groups of channels, [outputs, inputs of a group, cells] stored by
    /// <see cref="ParameterLayout"/>, as those of fewer groups, so many <paramref name="together"/>: [outputs, together · inputs, cells],
    /// zero between what belongs to different groups.
    /// </summary>
    public static void JoinGroups(nint source, int outputs, int inputs, int cells, int groups, int together, int cell, nint target)
    {
        var (own, joined) = (outputs / groups, together * inputs);
        for (var panel = 0; panel < outputs; panel += ParameterLayout.PanelWidth)
        {
            var width = WidthOf(panel, outputs);
            var from = (float*)source + Cell(panel, cell, inputs, cells, width);
            var to = (float*)target + Cell(panel, cell, joined, cells, width);
            new Span<float>(to, joined * width).Clear();
            for (var lane = 0; lane < width && panel + lane < outputs; lane++)
            {
                var first = (panel + lane) / own % together * inputs;
                for (var input = 0; input < inputs; input++)
                {
                    to[((first + input) * width) + lane] = from[(input * width) + lane];
                }
            }
        }
    }

    /// <summary>
    /// The same with the inputs as outputs, [groups · inputs, together · outputs of a group, cells], stored likewise but last cell first.
    /// </summary>
    public static void TurnGroups(nint source, int outputs, int inputs, int cells, int groups, int together, int cell, nint target)
    {
        var (own, channels) = (outputs / groups, groups * inputs);
        var joined = together * own;
        if (together > 1 || channels % ParameterLayout.Lanes != 0)
        {
            for (var panel = 0; panel < channels; panel += ParameterLayout.PanelWidth)
            {
                var width = WidthOf(panel, channels);
                new Span<float>((float*)target + Cell(panel, cells - 1 - cell, joined, cells, width), joined * width).Clear();
            }
        }

        // Blocks stay within a group, and so within a panel on both sides, where its numbers are multiples of them.
        var block = own % TurnedBlock == 0 && inputs % TurnedBlock == 0 ? TurnedBlock : 1;
        for (var output = 0; output < outputs; output += block)
        {
            var group = output / own;
            var (panel, row) = (output / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth, (group % together * own) + (output % own));
            var width = WidthOf(panel, outputs);
            var from = (float*)source + Cell(panel, cell, inputs, cells, width) + output - panel;
            for (var input = 0; input < inputs; input += block)
            {
                var channel = (group * inputs) + input;
                var turnedPanel = channel / ParameterLayout.PanelWidth * ParameterLayout.PanelWidth;
                var turnedWidth = WidthOf(turnedPanel, channels);
                var to = (float*)target + Cell(turnedPanel, cells - 1 - cell, joined, cells, turnedWidth) + (row * turnedWidth) + channel - turnedPanel;
                if (block == 1)
                {
                    *to = from[input * width];
                }
                else
                {
                    TurnBlock(from + (input * width), width, block, to, turnedWidth, block);
                }
            }
        }
    }

    /// <summary>
    /// One panel of the gradient of such weights from that of the joined ones, [outputs, together · inputs, cells]: each output's own inputs.
    /// </summary>
    /// <param name="target">The panel.</param>
    /// <param name="accumulate">Whether it is added to what is there.</param>
    public static void PartGroups(
        nint source, int outputs, int inputs, int cells, int groups, int together, int panel, nint target, bool accumulate)
    {
        var (own, joined, first) = (outputs / groups, together * inputs, panel * ParameterLayout.PanelWidth);
        var width = WidthOf(first, outputs);
        var to = (float*)target;
        if (!accumulate)
        {
            new Span<float>(to, inputs * cells * width).Clear();
        }

        for (var cell = 0; cell < cells; cell++)
        {
            var from = (float*)source + Cell(first, cell, joined, cells, width);
            for (var lane = 0; lane < width && first + lane < outputs; lane++)
            {
                var begin = (first + lane) / own % together * inputs;
                for (var input = 0; input < inputs; input++)
                {
                    to[(((cell * inputs) + input) * width) + lane] += from[((begin + input) * width) + lane];
                }
            }
        }
    }

    private static int WidthOf(int panel, int outputs) => Math.Min(ParameterLayout.PanelWidth, ParameterLayout.PaddedTo16(outputs) - panel);

    /// <summary>Where a cell of a panel begins in weights [outputs, inputs, cells].</summary>
    private static long Cell(int panel, int cell, int inputs, int cells, int width) => ((long)panel * inputs * cells) + ((long)cell * inputs * width);
}
