using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>A range of an axis of the source, and where it goes on that axis of the result.</summary>
internal readonly record struct BoxRange(int Source, int From, int Target, int To, int Length)
{
    public bool IsWhole => Source == Length && Target == Length;

    public static BoxRange All(int length) => new(length, 0, length, 0, length);
}

/// <summary>What slices and pads one after the other do to a value: a box of it goes somewhere among zeros.</summary>
/// <param name="Source">The value.</param>
/// <param name="Axes">The range of each axis but the batch.</param>
internal sealed record BoxView(Node Source, EquatableArray<BoxRange> Axes)
{
    /// <summary>The box of a slice or a pad.</summary>
    public static BoxView Of(Node node) => new BoxView(
        node.Operands[0], [.. node.Operands[0].Shape.Sample.Select(BoxRange.All)]).Then(node);

    /// <summary>The box after one more slice or pad.</summary>
    public BoxView Then(Node node)
    {
        var (axis, moved) = node.Operation switch
        {
            PadOperation pad => (pad.Axis, Pad(Axes[pad.Axis - 1], pad)),
            SliceOperation slice => (slice.Axis, Slice(Axes[slice.Axis - 1], slice)),
            _ => throw new NotSupportedException($"Neither slice nor pad: {node}."),
        };
        return this with { Axes = [.. Axes.Select((range, i) => i == axis - 1 ? moved : range)] };
    }

    /// <summary>
    /// The box as lines of rows of columns, the axes before and after those that move taken together; null when more than two axes before
    /// the last move, or two that are not neighbours.
    /// </summary>
    public (BoxRange Lines, BoxRange Rows, BoxRange Columns)? AsRows()
    {
        var leading = Axes.Count - 1;
        var moved = Enumerable.Range(0, leading).Where(axis => !Axes[axis].IsWhole).ToList();
        if (moved.Count > 2 || (moved.Count == 2 && moved[1] != moved[0] + 1))
        {
            return null;
        }

        var columns = Axes[leading];
        if (moved.Count == 0)
        {
            return (BoxRange.All(1), BoxRange.All(1), columns);
        }

        var after = Enumerable.Range(moved.Last() + 1, leading - moved.Last() - 1).Aggregate(1, (rows, axis) => rows * Axes[axis].Length);
        return moved.Count == 1
            ? (BoxRange.All(1), Times(Axes[moved[0]], after), columns)
            : (Axes[moved[0]], Times(Axes[moved[1]], after), columns);
    }

    private static BoxRange Pad(BoxRange range, PadOperation pad) =>
        range with { To = range.To + pad.Before, Target = pad.Before + range.Target + pad.After };

    private static BoxRange Slice(BoxRange range, SliceOperation slice)
    {
        var first = Math.Max(range.To, slice.Start);
        var end = Math.Min(range.To + range.Length, slice.Start + slice.Length);
        return end > first
            ? new(range.Source, range.From + first - range.To, slice.Length, first - slice.Start, end - first)
            : new(range.Source, 0, slice.Length, 0, 0);
    }

    private static BoxRange Times(BoxRange range, int rows) =>
        new(range.Source * rows, range.From * rows, range.Target * rows, range.To * rows, range.Length * rows);
}
