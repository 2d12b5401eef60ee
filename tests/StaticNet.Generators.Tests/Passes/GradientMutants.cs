using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Wrong rules of differentiation, each with one deliberate fault.</summary>
internal static class GradientMutants
{
    private static readonly ScalarExpression X = new Operand(0);

    public static readonly IReadOnlyDictionary<string, GradientRules> All = Operations().Concat(Indexing()).Concat(Scalars()).Concat(FanOut())
        .ToDictionary(mutant => mutant.Name, mutant => mutant.Rules);

    private static IEnumerable<(string Name, GradientRules Rules)> Operations()
    {
        foreach (var (type, right) in GradientRules.Default.Operations)
        {
            yield return Operation(type, "sign", (builder, node, gradient, position) =>
                right(builder, node, gradient, position) is { } part ? builder.Map(-X, [part], part.Shape) : null);
            yield return Operation(type, "missing", (_, _, _, _) => null);
            if (type == typeof(ContractOperation) || type == typeof(MapOperation) || type == typeof(ConcatOperation))
            {
                yield return Operation(type, "first operand only", (builder, node, gradient, position) =>
                    position == 0 ? right(builder, node, gradient, position) : null);
            }
        }
    }

    private static IEnumerable<(string Name, GradientRules Rules)> Indexing()
    {
        yield return Contract("the other operand's map", c => c with { Result = c.Right });
        yield return Contract("maps exchanged", c => c with { Left = c.Right, Right = c.Left });
        yield return Contract("offset forgotten", c => c with { Result = WithoutOffsets(c.Result), Right = WithoutOffsets(c.Right) });
        yield return Operation(typeof(MapOperation), "broadcast by maximum", (builder, node, gradient, position) =>
            Rebuilt(builder, GradientRules.Default.Operations[typeof(MapOperation)](builder, node, gradient, position), part =>
                part.Operation is ReduceOperation reduce ? builder.Append(reduce with { Kind = ReduceKind.Max }, part.Operands, part.Shape) : part));
        yield return Operation(typeof(MapOperation), "the wrong operand", (builder, node, gradient, position) =>
        {
            var other = node.Operands.Count - 1 - position;
            return node.Operands[other].Shape == node.Operands[position].Shape
                ? GradientRules.Default.Operations[typeof(MapOperation)](builder, node, gradient, other)
                : GradientRules.Default.Operations[typeof(MapOperation)](builder, node, gradient, position);
        });
        yield return Operation(typeof(ReduceOperation), "maximum taken for a sum", (builder, node, gradient, position) => gradient);
        yield return Operation(typeof(ReduceOperation), "sum taken for a mean", (builder, node, gradient, position) =>
            builder.Map(X * (1.0 / node.Operands[0].Shape.ConstantSize), [gradient], gradient.Shape));
        yield return Pool("the other mean", (kind, windows) => new(
            kind switch { PoolKind.Mean => PoolKind.MeanInside, PoolKind.MeanInside => PoolKind.Mean, _ => kind }, windows));
        yield return Pool("border at the other end", (kind, windows) => new(kind, [.. windows.Select(w => w with { Before = w.After, After = w.Before })]));
        yield return Operation(typeof(PoolOperation), "maximum taken for a mean", (builder, node, gradient, position) => builder.Append(
            new PoolGradientOperation(PoolKind.Mean, ((PoolOperation)node.Operation).Windows), [builder.Broadcast(gradient, node.Shape)], node.Operands[0].Shape));
        yield return Operation(typeof(PoolGradientOperation), "mean taken for a sum", (builder, node, gradient, position) => builder.Append(
            new PoolOperation(PoolKind.Mean, ((PoolGradientOperation)node.Operation).Windows), [builder.Broadcast(gradient, node.Shape)], node.Operands[0].Shape));
        yield return Operation(typeof(TransposeOperation), "order not inverted", (builder, node, gradient, position) =>
        {
            var full = builder.Broadcast(gradient, node.Shape);
            var order = ((TransposeOperation)node.Operation).Order;
            return builder.Append(node.Operation, [full], new([.. order.Select(axis => full.Shape[axis])]));
        });
        yield return Operation(typeof(SliceOperation), "padded at the other end", (builder, node, gradient, position) =>
        {
            var (slice, shape) = ((SliceOperation)node.Operation, node.Operands[0].Shape);
            var rest = shape[slice.Axis].Size - slice.Start - slice.Length;
            return builder.Append(new PadOperation(slice.Axis, rest, slice.Start), [builder.Broadcast(gradient, node.Shape)], shape);
        });
        yield return Operation(typeof(PadOperation), "cut from the start", (builder, node, gradient, position) =>
            FromStart(builder, node, gradient, ((PadOperation)node.Operation).Axis, node.Operands[0]));
        yield return Operation(typeof(ConcatOperation), "cut from the start", (builder, node, gradient, position) =>
            FromStart(builder, node, gradient, ((ConcatOperation)node.Operation).Axis, node.Operands[position]));
        yield return Operation(typeof(ReshapeOperation), "order reversed", (builder, node, gradient, position) =>
        {
            var shape = node.Operands[0].Shape;
            var reversed = new TensorShape([shape[0], .. shape.Extents.Skip(1).Reverse()]);
            int[] order = [0, .. Enumerable.Range(1, shape.Rank - 1).Reverse()];
            return builder.Append(new TransposeOperation([.. order]), [builder.Reshape(builder.Broadcast(gradient, node.Shape), reversed)], shape);
        });
    }

    private static IEnumerable<(string Name, GradientRules Rules)> Scalars()
    {
        var rules = ScalarGradientRules.Default;
        foreach (var (function, right) in rules.Unary)
        {
            yield return Unary("sign", (x, y, g) => -right(x, y, g));
            yield return Unary("doubled", (x, y, g) => right(x, y, g) * 2);
            yield return Unary("without its argument", (x, y, g) => g * 0.9);

            (string, GradientRules) Unary(string fault, UnaryGradient wrong) => ($"{function}: {fault}", GradientRules.Default with
            {
                Scalars = rules with { Unary = new Dictionary<UnaryFunction, UnaryGradient>(rules.Unary) { [function] = wrong } },
            });
        }

        foreach (var (function, right) in rules.Binary)
        {
            yield return Binary("left missing", (a, b, y, g) => right(a, b, y, g) with { Left = null });
            yield return Binary("right missing", (a, b, y, g) => right(a, b, y, g) with { Right = null });
            yield return Binary("right with the left's sign", (a, b, y, g) => (right(a, b, y, g).Left, right(a, b, y, g).Right is { } part ? -part : null));
            if (function != BinaryFunction.Add)
            {
                yield return Binary("sides exchanged", (a, b, y, g) => (right(a, b, y, g).Right, right(a, b, y, g).Left));
            }

            (string, GradientRules) Binary(string fault, BinaryGradient wrong) => ($"{function}: {fault}", GradientRules.Default with
            {
                Scalars = rules with { Binary = new Dictionary<BinaryFunction, BinaryGradient>(rules.Binary) { [function] = wrong } },
            });
        }
    }

    private static IEnumerable<(string Name, GradientRules Rules)> FanOut()
    {
        yield return ("fan-out: first term only", GradientRules.Default with { Accumulate = (builder, terms, shape) => terms[0] });
        yield return ("fan-out: last term only", GradientRules.Default with { Accumulate = (builder, terms, shape) => terms[^1] });
        yield return ("fan-out: product", GradientRules.Default with
        {
            Accumulate = (builder, terms, shape) => builder.Map(
                Enumerable.Range(0, terms.Count).Select(i => (ScalarExpression)new Operand(i)).Aggregate((a, b) => a * b), terms, shape),
        });
    }

    private static (string Name, GradientRules Rules) Operation(Type type, string fault, GradientRule wrong) => (
        $"{type.Name.Replace("Operation", "", StringComparison.Ordinal)}: {fault}",
        GradientRules.Default with { Operations = new Dictionary<Type, GradientRule>(GradientRules.Default.Operations) { [type] = wrong } });

    /// <summary>A fault in the contraction that the right rule gives.</summary>
    private static (string Name, GradientRules Rules) Contract(string fault, Func<ContractOperation, ContractOperation> wrong) =>
        Operation(typeof(ContractOperation), fault, (builder, node, gradient, position) => Rebuilt(
            builder, GradientRules.Default.Operations[typeof(ContractOperation)](builder, node, gradient, position),
            part => builder.Append(wrong((ContractOperation)part.Operation), part.Operands, part.Shape)));

    /// <summary>A fault in the windows that the right rule gives.</summary>
    private static (string Name, GradientRules Rules) Pool(string fault, Func<PoolKind, EquatableArray<PoolWindow>, PoolGradientOperation> wrong) =>
        Operation(typeof(PoolOperation), fault, (builder, node, gradient, position) => Rebuilt(
            builder, GradientRules.Default.Operations[typeof(PoolOperation)](builder, node, gradient, position),
            part => part.Operation is PoolGradientOperation { Kind: var kind, Windows: var windows } ? builder.Append(wrong(kind, windows), part.Operands, part.Shape) : part));

    private static Node? Rebuilt(GradientBuilder builder, Node? part, Func<Node, Node> wrong) => part is null ? null : wrong(part);

    private static AffineMap WithoutOffsets(AffineMap map) => new([.. map.Indices.Select(index => index with { Offset = 0 })]);

    private static Node FromStart(GradientBuilder builder, Node node, Node gradient, int axis, Node operand) => builder.Append(
        new SliceOperation(axis, 0, operand.Shape[axis].Size), [builder.Broadcast(gradient, node.Shape)], operand.Shape);
}
