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

    private double[] Groups(Node node, GroupsOperation operation)
    {
        var (form, groups, together) = operation;
        var (shape, result) = Allocate(node);
        var operand = Extents(node.Operands[0].Shape);
        var (from, to) = (Strides(operand), Strides(shape));

        // Over the weights as the groups have them: output, input of its group, cells.
        var apart = form == GroupsForm.Parted ? shape : operand;
        var (outputs, inputs, cells) = (apart[0] / groups, apart[1], Size(apart) / apart[0] / apart[1]);
        foreach (var (index, _) in Points([apart[0], inputs, cells]))
        {
            var (group, output, input, cell) = (index[0] / outputs, index[0] % outputs, index[1], index[2]);
            var joined = (group % together * inputs) + input;
            var (source, target) = form switch
            {
                GroupsForm.Joined => ((index[0], input), (index[0], joined)),
                GroupsForm.Turned => ((index[0], input), ((group * inputs) + input, (group % together * outputs) + output)),
                _ => ((index[0], joined), (index[0], input)),
            };
            result[(target.Item1 * to[0]) + (target.Item2 * to[1]) + cell] = this[node.Operands[0]][(source.Item1 * from[0]) + (source.Item2 * from[1]) + cell];
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
