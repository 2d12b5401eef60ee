namespace StaticNet.Generators.IR;

internal static partial class IrVerifier
{
    private static void VerifyContract(Node node, ContractOperation contract)
    {
        RequireOperands(node, 2);
        RequireFloat(node);
        Require(contract.Domain.Count > 0, node, "the domain has no dimension");
        VerifyAccess(node, contract, contract.Left, node.Operands[0].Shape, "left");
        VerifyAccess(node, contract, contract.Right, node.Operands[1].Shape, "right");
        VerifyAccess(node, contract, contract.Result, node.Shape, "result");
        for (var d = 0; d < contract.Domain.Count; d++)
        {
            Require(
                contract.Left.Uses(d) || contract.Right.Uses(d) || contract.Result.Uses(d), node,
                $"domain dimension {d} is used by no map");
        }
    }

    private static void VerifyAccess(Node node, ContractOperation contract, AffineMap map, TensorShape shape, string which)
    {
        Require(map.Indices.Count == shape.Rank, node, $"the {which} map has {map.Indices.Count} indices for {shape}");
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var index = map.Indices[axis];
            Require(
                index.Coefficients.Count == contract.Domain.Count, node,
                $"the {which} map's index {axis} has {index.Coefficients.Count} coefficients for {contract.Domain.Count} dimensions");
            if (index.Dimension >= 0)
            {
                // A longer one reaches out, as the cells of a window do over an image that is smaller.
                var extent = contract.Domain[index.Dimension];
                Require(
                    extent == shape[axis] || (!extent.IsSymbol && !shape[axis].IsSymbol && extent.Size > shape[axis].Size), node,
                    $"domain dimension {index.Dimension} has the extent {extent} "
                    + $"but the {which} axis {axis} has {shape[axis]}");
                continue;
            }

            // Combinations are of constant extents: nothing could be said about the range of a symbol.
            var (low, high) = (index.Offset, index.Offset);
            for (var d = 0; d < contract.Domain.Count; d++)
            {
                var coefficient = index.Coefficients[d];
                Require(
                    coefficient == 0 || !contract.Domain[d].IsSymbol, node,
                    $"the {which} axis {axis} combines the symbol {contract.Domain[d]}");
                low += Math.Min(0, coefficient * (contract.Domain[d].Size - 1));
                high += Math.Max(0, coefficient * (contract.Domain[d].Size - 1));
            }

            Require(!shape[axis].IsSymbol, node, $"the {which} axis {axis} is a symbol but its index is a combination");
            Require(high >= 0 && low < shape[axis].Size, node, $"the {which} axis {axis} is read from {low} to {high}, all outside {shape}");
        }
    }

    private static void VerifyMap(Node node, MapOperation map)
    {
        Require(node.Type == ElementType.Float32, node, "the result is not Float32");
        foreach (var operand in node.Operands)
        {
            Require(BroadcastsTo(operand.Shape, node.Shape), node, $"operand %{operand.Id} of shape {operand.Shape} does not broadcast");
        }

        VerifyScalar(node, map.Body, integers: false);
    }

    /// <summary>Integers are compared or converted, nothing else.</summary>
    private static void VerifyScalar(Node node, ScalarExpression expression, bool integers)
    {
        switch (expression)
        {
            case Operand { Position: var position }:
                Require(position >= 0 && position < node.Operands.Count, node, $"the body names operand {position}");
                Require(
                    integers || node.Operands[position].Type == ElementType.Float32, node,
                    $"the body computes with the Int32 operand {position} without ToFloat");
                break;
            case IndexOf { Axis: var axis }:
                RequireAxis(node, axis, node.Shape);
                break;
            case Select select:
                VerifyScalar(node, select.Left, integers: true);
                VerifyScalar(node, select.Right, integers: true);
                VerifyScalar(node, select.Then, integers: false);
                VerifyScalar(node, select.Else, integers: false);
                break;
            default:
                foreach (var child in expression.Children)
                {
                    VerifyScalar(node, child, integers: expression is Unary { Function: UnaryFunction.ToFloat });
                }

                break;
        }
    }

    private static bool BroadcastsTo(TensorShape operand, TensorShape result)
    {
        var missing = result.Rank - operand.Rank;
        return missing >= 0 && Enumerable.Range(0, operand.Rank).All(i => operand[i].IsOne || operand[i] == result[i + missing]);
    }

    private static void VerifyView(Node node, ViewOperation view)
    {
        Require(node.Operands.Count > 0, node, "has no operand");
        Require(node.Operands.All(o => o.Type == node.Type), node, "the type is not the operand's");
        var shape = node.Operands[0].Shape;
        if (view is ConcatOperation concat)
        {
            VerifyConcat(node, concat, shape);
            return;
        }

        RequireOperands(node, 1);
        switch (view)
        {
            case ReshapeOperation reshape:
                Require(reshape.Shape.ConstantSize == shape.ConstantSize, node, $"{shape} has another size");
                Require(
                    reshape.Shape.Extents.Where(e => e.IsSymbol).SequenceEqual(shape.Extents.Where(e => e.IsSymbol)), node,
                    $"{shape} has other symbols");
                RequireShape(node, reshape.Shape);
                break;
            case TransposeOperation transpose:
                Require(
                    transpose.Order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, shape.Rank)), node,
                    $"the order is no permutation of the axes of {shape}");
                RequireShape(node, new TensorShape([.. transpose.Order.Select(axis => shape[axis])]));
                break;
            case SliceOperation slice:
                RequireConstantAxis(node, slice.Axis, shape);
                Require(
                    slice.Start >= 0 && slice.Length > 0 && slice.Start + slice.Length <= shape[slice.Axis].Size, node,
                    $"the range is outside {shape}");
                RequireShape(node, shape.With(slice.Axis, slice.Length));
                break;
            case PadOperation pad:
                RequireConstantAxis(node, pad.Axis, shape);
                Require(pad.Before >= 0 && pad.After >= 0, node, "pads by a negative length");
                RequireShape(node, shape.With(pad.Axis, pad.Before + shape[pad.Axis].Size + pad.After));
                break;
            default:
                Require(false, node, "is no known view");
                break;
        }
    }

    private static void VerifyGroups(Node node, GroupsOperation operation)
    {
        RequireOperands(node, 1);
        RequireFloat(node);
        var (form, groups, together) = operation;
        var shape = node.Operands[0].Shape;
        Require(groups > 1 && together > 0 && groups % together == 0, node, $"{together} of {groups} groups cannot be together");
        Require(!shape.HasBatch && shape.Rank > 2 && shape[0].Size % groups == 0, node, $"{shape} has not {groups} groups of outputs");
        Require(form != GroupsForm.Parted || shape[1].Size % together == 0, node, $"{shape} has not the inputs of {together} groups");
        var (outputs, inputs) = (shape[0].Size, shape[1].Size);
        RequireShape(node, form switch
        {
            GroupsForm.Joined => shape.With(1, together * inputs),
            GroupsForm.Turned => shape.With(0, groups * inputs).With(1, outputs / groups * together),
            _ => shape.With(1, inputs / together),
        });
    }

    private static void VerifyConcat(Node node, ConcatOperation concat, TensorShape first)
    {
        foreach (var operand in node.Operands)
        {
            RequireConstantAxis(node, concat.Axis, operand.Shape);
            Require(
                operand.Shape.With(concat.Axis, 1) == first.With(concat.Axis, 1), node,
                $"%{operand.Id} of shape {operand.Shape} does not fit beside {first}");
        }

        RequireShape(node, first.With(concat.Axis, node.Operands.Sum(o => o.Shape[concat.Axis].Size)));
    }

    private static void RequireConstantAxis(Node node, int axis, TensorShape shape)
    {
        RequireAxis(node, axis, shape);
        Require(!shape[axis].IsSymbol, node, $"axis {axis} of {shape} is a symbol");
    }
}
