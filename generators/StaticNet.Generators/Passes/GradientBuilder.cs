using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// The graph that <see cref="Differentiate"/> grows, and what its rules build with. Gradients may have a smaller shape than their value
/// as long as they broadcast to it: the gradient of a sum is not repeated in memory before something needs it element by element.
/// </summary>
internal sealed class GradientBuilder
{
    private readonly List<Node>?[] _contributions;

    public GradientBuilder(Graph forward, GradientRules rules)
    {
        Rules = rules;
        _contributions = new List<Node>?[forward.Nodes.Count];
        foreach (var node in forward.Nodes)
        {
            Graph.Append(node.Operation, [.. node.Operands.Select(o => Graph.Nodes[o.Id])], node.Shape, node.Type, node.Origin);
        }

        foreach (var (name, value) in forward.Outputs)
        {
            Graph.Name(name, Graph.Nodes[value.Id]);
        }
    }

    public Graph Graph { get; } = new();

    public GradientRules Rules { get; }

    /// <summary>What the nodes appended from here on belong to.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Adds a term to the gradient of a forward node.</summary>
    public void Contribute(int node, Node term) => (_contributions[node] ??= []).Add(term);

    /// <summary>The gradient of a forward node once all its users have contributed; null when none has.</summary>
    public Node? Gradient(int node)
    {
        if (_contributions[node] is not { } terms)
        {
            return null;
        }

        if (terms.Count > 1)
        {
            Origin = Graph.Nodes[node].Origin;
            _contributions[node] = terms = [Rules.Accumulate(this, terms, Graph.Nodes[node].Shape)];
        }

        return terms[0];
    }

    public Node Append(Operation operation, IReadOnlyList<Node> operands, TensorShape shape) =>
        Graph.Append(operation, operands, shape, ElementType.Float32, Origin);

    public Node Constant(double value) => Append(new ConstantOperation(value), [], new TensorShape([1]));

    /// <summary>A map whose body may read indices of <paramref name="shape"/>; the result is no larger than its operands and that need.</summary>
    public Node Map(ScalarExpression body, IReadOnlyList<Node> operands, TensorShape shape)
    {
        var canonical = MapBody.Canonical(body, operands);
        return canonical.Expression switch
        {
            Literal literal => Constant(literal.Value),
            Operand operand => canonical.Operands[operand.Position],
            _ => Append(
                new MapOperation(canonical.Expression), canonical.Operands,
                MapBody.UsesIndex(canonical.Expression) ? shape : canonical.Operands.Select(o => o.Shape).Aggregate(GraphBuilder.Broadcast)),
        };
    }

    /// <summary>The value repeated until it has the shape.</summary>
    public Node Broadcast(Node value, TensorShape shape)
    {
        if (value.Shape == shape)
        {
            return value;
        }

        var (body, operands) = MapBody.Canonical(new Operand(0), [value]);
        return Append(new MapOperation(body), operands, shape);
    }

    /// <summary>
    /// The gradient of an operand from the gradient of the value that it was broadcast to: the sum over the axes along which the operand
    /// repeats.
    /// </summary>
    public Node SumTo(TensorShape operand, Node gradient, TensorShape value)
    {
        var missing = value.Rank - operand.Rank;
        int[] repeated =
        [
            .. Enumerable.Range(0, value.Rank).Where(axis => !value[axis].IsOne && (axis < missing || operand[axis - missing].IsOne)),
        ];
        if (repeated.Length == 0)
        {
            return gradient;
        }

        var lacking = value.Rank - gradient.Shape.Rank;
        if (repeated.Any(axis => axis < lacking || gradient.Shape[axis - lacking].IsOne))
        {
            (gradient, lacking) = (Broadcast(gradient, value), 0);
        }

        EquatableArray<int> axes = [.. repeated.Select(axis => axis - lacking)];
        var shape = axes.Aggregate(gradient.Shape, (shape, axis) => shape.With(axis, 1));
        var sum = Append(new ReduceOperation(ReduceKind.Sum, axes), [gradient], shape);
        var surplus = sum.Shape.Rank - operand.Rank;
        return surplus <= 0 ? sum : Reshape(sum, new TensorShape([.. sum.Shape.Extents.Skip(surplus)]));
    }

    public Node Reshape(Node value, TensorShape shape) => Append(new ReshapeOperation(shape), [value], shape);
}
