namespace StaticNet.Generators.IR;

internal sealed partial class IrInterpreter
{
    private double[] View(Node node, ViewOperation view) => view switch
    {
        ReshapeOperation => this[node.Operands[0]],
        TransposeOperation transpose => Transpose(node, transpose.Order),
        SliceOperation slice => Copy(node, node.Operands[0], slice.Axis, from: slice.Start, to: 0, slice.Length),
        PadOperation pad => Copy(node, node.Operands[0], pad.Axis, from: 0, to: pad.Before, Length(node.Operands[0].Shape[pad.Axis])),
        ConcatOperation concat => Concat(node, concat.Axis),
        _ => throw new InvalidOperationException($"is no known view: {node}"),
    };

    private double[] Transpose(Node node, EquatableArray<int> order)
    {
        var (shape, result) = Allocate(node);
        var strides = Strides(Extents(node.Operands[0].Shape));
        int[] permuted = [.. order.Select(axis => strides[axis])];
        foreach (var (index, position) in Points(shape))
        {
            result[position] = this[node.Operands[0]][Dot(permuted, index)];
        }

        return result;
    }

    private double[] Concat(Node node, int axis)
    {
        var (_, result) = Allocate(node);
        var start = 0;
        foreach (var operand in node.Operands)
        {
            var length = Length(operand.Shape[axis]);
            CopyInto(result, node, operand, axis, from: 0, to: start, length);
            start += length;
        }

        return result;
    }

    private double[] Copy(Node node, Node operand, int axis, int from, int to, int length)
    {
        var (_, result) = Allocate(node);
        CopyInto(result, node, operand, axis, from, to, length);
        return result;
    }

    /// <summary>Copies a range of an axis of an operand to another place on the same axis of a result.</summary>
    private void CopyInto(double[] result, Node node, Node operand, int axis, int from, int to, int length)
    {
        var source = Strides(Extents(operand.Shape));
        var target = Strides(Extents(node.Shape));
        foreach (var (index, _) in Points(Extents(operand.Shape.With(axis, length))))
        {
            result[Dot(target, index) + (to * target[axis])] = this[operand][Dot(source, index) + (from * source[axis])];
        }
    }
}
