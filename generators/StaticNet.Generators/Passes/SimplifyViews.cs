using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>The part of <see cref="Simplify"/> that knows views.</summary>
internal static class SimplifyViews
{
    /// <summary>The view without those that it undoes or continues.</summary>
    public static Node Rewrite(
        ViewOperation view, TensorShape shape, IReadOnlyList<Node> operands, Func<Operation, IReadOnlyList<Node>, Node> emit)
    {
        var x = operands[0];
        switch (view)
        {
            case ConcatOperation when operands.Count > 1:
                return emit(view, operands);

            case TransposeOperation { Order: var outer } when x.Operation is TransposeOperation { Order: var inner }:
                return Rewrite(new TransposeOperation([.. outer.Select(axis => inner[axis])]), shape, x.Operands, emit);
            case TransposeOperation { Order: var order }:
                return order.SequenceEqual(Enumerable.Range(0, order.Count)) ? x : emit(view, operands);

            // Every other view that keeps the shape keeps everything.
            case var _ when x.Shape == shape:
                return x;

            case ReshapeOperation when x.Operation is ReshapeOperation:
                return Rewrite(view, shape, x.Operands, emit);
            case SliceOperation outer when x.Operation is SliceOperation inner && inner.Axis == outer.Axis:
                return Rewrite(outer with { Start = inner.Start + outer.Start }, shape, x.Operands, emit);
            case PadOperation outer when x.Operation is PadOperation inner && inner.Axis == outer.Axis:
                return Rewrite(
                    outer with { Before = inner.Before + outer.Before, After = inner.After + outer.After }, shape, x.Operands, emit);
            case SliceOperation slice when x.Operation is PadOperation pad && pad.Axis == slice.Axis
                && IsWithin(slice, pad.Before, x.Operands[0]):
                return Rewrite(slice with { Start = slice.Start - pad.Before }, shape, x.Operands, emit);
            case SliceOperation slice when x.Operation is ConcatOperation concat && concat.Axis == slice.Axis:
                var start = 0;
                foreach (var part in x.Operands)
                {
                    if (IsWithin(slice, start, part))
                    {
                        return Rewrite(slice with { Start = slice.Start - start }, shape, [part], emit);
                    }

                    start += part.Shape[slice.Axis].Size;
                }

                return emit(view, operands);
            default:
                return emit(view, operands);
        }
    }

    private static bool IsWithin(SliceOperation slice, int start, Node part) =>
        slice.Start >= start && slice.Start + slice.Length <= start + part.Shape[slice.Axis].Size;
}
