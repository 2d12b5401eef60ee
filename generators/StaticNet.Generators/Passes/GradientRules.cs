using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>The gradient of a node's operand from the gradient of the node; null when the operand does not matter to the value.</summary>
internal delegate Node? GradientRule(GradientBuilder builder, Node node, Node gradient, int position);

/// <summary>The derivative of each primitive, as data.</summary>
/// <param name="Operations">One rule for each kind of operation that has operands.</param>
/// <param name="Scalars">The rules inside the body of a map.</param>
/// <param name="Accumulate">The gradient of a value that several nodes use.</param>
internal sealed partial record GradientRules(
    IReadOnlyDictionary<Type, GradientRule> Operations,
    ScalarGradientRules Scalars,
    Func<GradientBuilder, IReadOnlyList<Node>, TensorShape, Node> Accumulate)
{
    public static readonly GradientRules Default = new(
        new Dictionary<Type, GradientRule>
        {
            [typeof(ContractOperation)] = Contract,
            [typeof(MapOperation)] = Map,
            [typeof(ReduceOperation)] = Reduce,
            [typeof(PoolOperation)] = Pool,
            [typeof(PoolGradientOperation)] = PoolGradient,
            [typeof(ReshapeOperation)] = (builder, node, gradient, _) =>
                builder.Reshape(builder.Broadcast(gradient, node.Shape), node.Operands[0].Shape),
            [typeof(TransposeOperation)] = Transpose,
            [typeof(SliceOperation)] = Slice,
            [typeof(PadOperation)] = Pad,
            [typeof(ConcatOperation)] = Concat,
        },
        ScalarGradientRules.Default,
        (builder, terms, shape) => builder.Map(
            Enumerable.Range(0, terms.Count).Select(i => (ScalarExpression)new Operand(i)).Aggregate((sum, term) => sum + term),
            terms, shape));

    /// <summary>
    /// <c>Y[α] += A[β] · B[γ]</c> gives <c>dA[β] += dY[α] · B[γ]</c> over the same domain: the maps change places, and what reads out of
    /// range gave zero and so gets nothing.
    /// </summary>
    private static Node Contract(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var contract = (ContractOperation)node.Operation;
        var (own, other) = position == 0 ? (contract.Left, contract.Right) : (contract.Right, contract.Left);
        return builder.Append(
            new ContractOperation(contract.Domain, contract.Result, other, own),
            [builder.Broadcast(gradient, node.Shape), node.Operands[1 - position]],
            node.Operands[position].Shape);
    }

    /// <summary>A sum passes its gradient to every element. A maximum shares it evenly among the elements that attain it, as amax does.</summary>
    private static Node Reduce(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var reduce = (ReduceOperation)node.Operation;
        if (reduce.Kind == ReduceKind.Sum)
        {
            return gradient;
        }

        var x = node.Operands[0];
        var attains = builder.Map(new Select(Comparison.Equal, new Operand(0), new Operand(1), 1, 0), [x, node], x.Shape);
        var count = builder.Append(reduce with { Kind = ReduceKind.Sum }, [attains], node.Shape);
        return builder.Map(
            new Select(Comparison.Equal, new Operand(0), new Operand(1), new Operand(2) / new Operand(3), 0),
            [x, node, gradient, count], x.Shape);
    }

    private static Node Pool(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var (kind, windows) = (PoolOperation)node.Operation;
        var full = builder.Broadcast(gradient, node.Shape);
        return builder.Append(
            new PoolGradientOperation(kind, windows), kind == PoolKind.Max ? [node.Operands[0], node, full] : [full], node.Operands[0].Shape);
    }

    /// <summary>
    /// Linear in the gradient that it spreads: its own gradient is the pooling. A maximum's would have to know which cell attained it; no
    /// layer lowers to that.
    /// </summary>
    private static Node PoolGradient(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var (kind, windows) = (PoolGradientOperation)node.Operation;
        return kind == PoolKind.Max
            ? throw new NotSupportedException($"No second derivative of a maximum: {node}")
            : builder.Append(new PoolOperation(kind, windows), [builder.Broadcast(gradient, node.Shape)], node.Operands[0].Shape);
    }

    private static Node Transpose(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var order = ((TransposeOperation)node.Operation).Order;
        var inverse = new int[order.Count];
        for (var axis = 0; axis < inverse.Length; axis++)
        {
            inverse[order[axis]] = axis;
        }

        return builder.Append(new TransposeOperation([.. inverse]), [builder.Broadcast(gradient, node.Shape)], node.Operands[0].Shape);
    }

    private static Node Slice(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var slice = (SliceOperation)node.Operation;
        var shape = node.Operands[0].Shape;
        return builder.Append(
            new PadOperation(slice.Axis, slice.Start, shape[slice.Axis].Size - slice.Start - slice.Length),
            [builder.Broadcast(gradient, node.Shape)], shape);
    }

    private static Node Pad(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var pad = (PadOperation)node.Operation;
        return Range(builder, node, gradient, pad.Axis, pad.Before, node.Operands[0].Shape);
    }

    private static Node Concat(GradientBuilder builder, Node node, Node gradient, int position)
    {
        var axis = ((ConcatOperation)node.Operation).Axis;
        var start = node.Operands.Take(position).Sum(o => o.Shape[axis].Size);
        return Range(builder, node, gradient, axis, start, node.Operands[position].Shape);
    }

    private static Node Range(GradientBuilder builder, Node node, Node gradient, int axis, int start, TensorShape shape) =>
        builder.Append(new SliceOperation(axis, start, shape[axis].Size), [builder.Broadcast(gradient, node.Shape)], shape);
}
