namespace StaticNet.Generators.IR;

/// <summary>
/// Appends operations to a graph and works out their shapes. Layers lower themselves through it; <see cref="Origin"/> is the layer
/// that does so.
/// </summary>
internal sealed class GraphBuilder(Graph graph)
{
    public GraphBuilder()
        : this(new Graph())
    {
    }

    public Graph Graph { get; } = graph;

    /// <summary>What the nodes appended from here on stand for.</summary>
    public string Origin { get; set; } = "";

    public Node Input(InputRole role, int ordinal, string name, TensorShape shape, ElementType type = ElementType.Float32) =>
        Append(new InputOperation(role, ordinal, name), [], shape, type);

    public Node Parameter(ParameterSpec parameter) =>
        Append(new ParameterOperation(parameter), [], new TensorShape([.. parameter.Shape.Select(size => new Extent(size))]));

    public Node Constant(double value) => Append(new ConstantOperation(value), [], new TensorShape([1]));

    /// <summary>A contraction; the result's extents are those of the domain dimensions that its map names, unless they are given.</summary>
    public Node Contract(Node left, AffineMap leftMap, Node right, AffineMap rightMap, IEnumerable<Extent> domain, AffineMap resultMap, TensorShape? shape = null)
    {
        EquatableArray<Extent> extents = new(domain);
        var result = shape ?? new TensorShape([.. resultMap.Dimensions.Select(d => extents[d])]);
        return Append(new ContractOperation(extents, leftMap, rightMap, resultMap), [left, right], result);
    }

    /// <summary><c>Y[…, o] = Σᵢ X[…, i] · W[o, i]</c>: every leading axis of x is kept.</summary>
    public Node MatrixProduct(Node x, Node weight)
    {
        var leading = x.Shape.Rank - 1;
        var rank = leading + 2;
        var rows = Enumerable.Range(0, leading).ToArray();
        return Contract(
            x, AffineMap.Project(rank, [.. rows, leading + 1]),
            weight, AffineMap.Project(rank, leading, leading + 1),
            [.. x.Shape.Extents.Take(leading), weight.Shape[0], weight.Shape[1]],
            AffineMap.Project(rank, [.. rows, leading]));
    }

    public Node Map(ScalarExpression body, params Node[] operands) =>
        Append(new MapOperation(body), operands, operands.Select(o => o.Shape).Aggregate(Broadcast));

    public Node Map(Func<ScalarExpression, ScalarExpression> body, Node x) => Map(body(new Operand(0)), x);

    public Node Map(Func<ScalarExpression, ScalarExpression, ScalarExpression> body, Node a, Node b) =>
        Map(body(new Operand(0), new Operand(1)), a, b);

    public Node Reduce(ReduceKind kind, Node x, params int[] axes) =>
        Append(new ReduceOperation(kind, [.. axes]), [x], axes.Aggregate(x.Shape, (shape, axis) => shape.With(axis, 1)));

    public Node Reshape(Node x, TensorShape shape) => x.Shape == shape ? x : Append(new ReshapeOperation(shape), [x], shape, x.Type);

    public Node Transpose(Node x, params int[] order) =>
        Append(new TransposeOperation([.. order]), [x], new TensorShape([.. order.Select(axis => x.Shape[axis])]), x.Type);

    public Node Slice(Node x, int axis, int start, int length) =>
        Append(new SliceOperation(axis, start, length), [x], x.Shape.With(axis, length), x.Type);

    public Node Pad(Node x, int axis, int before, int after) =>
        Append(new PadOperation(axis, before, after), [x], x.Shape.With(axis, before + x.Shape[axis].Size + after), x.Type);

    public Node Concat(int axis, params Node[] operands) =>
        Append(new ConcatOperation(axis), operands, operands[0].Shape.With(axis, operands.Sum(o => o.Shape[axis].Size)));

    public Node Random(int stream, TensorShape shape) => Append(new RandomOperation(stream), [], shape);

    public Node StopGradient(Node x) => Append(new StopGradientOperation(), [x], x.Shape, x.Type);

    /// <summary>The shape two operands broadcast to. The verifier rejects what cannot broadcast.</summary>
    public static TensorShape Broadcast(TensorShape a, TensorShape b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        return new TensorShape([.. Enumerable.Range(0, rank).Select(axis =>
        {
            var (left, right) = (At(a, axis - rank), At(b, axis - rank));
            return left.IsOne ? right : left;
        })]);

        static Extent At(TensorShape shape, int fromEnd) => shape.Rank + fromEnd < 0 ? 1 : shape[shape.Rank + fromEnd];
    }

    private Node Append(Operation operation, IReadOnlyList<Node> operands, TensorShape shape, ElementType type = ElementType.Float32) =>
        Graph.Append(operation, operands, shape, type, Origin);
}
