namespace StaticNet.Execution;

public static unsafe partial class Views
{
    /// <summary>
    /// Puts the axes of every sample into another order. A line is all that one index of the first axis of the target has.
    /// </summary>
    /// <param name="source">Where the samples are.</param>
    /// <param name="sourceFloats">Floats from one sample to the next there.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="targetFloats">Floats from one sample to the next there.</param>
    /// <param name="extents">The extents of the target's axes, at least two.</param>
    /// <param name="from">How far a step along each of these axes is in the source.</param>
    /// <param name="to">How far it is in the target; 1 along the last.</param>
    /// <param name="firstLine">The first line, counted over all samples.</param>
    /// <param name="lines">How many lines.</param>
    public static void Transpose(
        nint source, long sourceFloats, nint target, long targetFloats,
        ReadOnlySpan<int> extents, ReadOnlySpan<int> from, ReadOnlySpan<int> to, nuint firstLine, nuint lines)
    {
        // Between the first axis and the last there may be several; the one before the last runs inside, since it is often the source's last.
        var (last, inner) = (extents.Length - 1, extents.Length - 2);
        var outer = 1;
        for (var axis = 1; axis < inner; axis++)
        {
            outer *= extents[axis];
        }

        for (var line = (long)firstLine; line < (long)(firstLine + lines); line++)
        {
            var (sample, index) = Math.DivRem(line, extents[0]);
            for (var place = 0; place < outer; place++)
            {
                var x = (float*)source + (sample * sourceFloats) + (index * from[0]);
                var y = (float*)target + (sample * targetFloats) + (index * to[0]);
                var rest = place;
                for (var axis = inner - 1; axis > 0; axis--)
                {
                    (rest, var along) = Math.DivRem(rest, extents[axis]);
                    x += (long)along * from[axis];
                    y += (long)along * to[axis];
                }

                if (inner == 0)
                {
                    Spread(x, from[last], y, 1, extents[last]);
                    continue;
                }

                for (var column = 0; column < extents[last]; column++)
                {
                    Spread(x + ((long)column * from[last]), from[inner], y + column, to[inner], extents[inner]);
                }
            }
        }
    }

    private static void Spread(float* source, int sourceStep, float* target, int targetStep, int count)
    {
        for (var i = 0; i < count; i++)
        {
            target[(long)i * targetStep] = source[(long)i * sourceStep];
        }
    }
}
