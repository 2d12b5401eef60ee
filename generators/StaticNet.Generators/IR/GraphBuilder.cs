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

    /// <summary>How many samples there are, as a number.</summary>
    public Node BatchSize() => Append(new ExtentOperation(Extent.Batch), [], new TensorShape([1]));

    public Node WriteState(ParameterSpec state, Node value) => Append(new StateWriteOperation(state), [value], value.Shape);

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

    /// <summary>
    /// <c>Y[b, p…, o] = Σ X[b, p · stride + i · dilation…, c] · W[o, c, i…]</c> over windows that lie inside x [batch, axes…, channels].
    /// Filter o of group g sees the channels of group g.
    /// </summary>
    /// <param name="steps">Stride and dilation along each axis.</param>
    /// <param name="shape">The sample shape of the result.</param>
    public Node Convolve(Node x, Node weight, IReadOnlyList<(int Stride, int Dilation)> steps, int groups, IReadOnlyList<int> shape)
    {
        // Dimensions: batch, places…, group, filter of the group, cells of the window…, channel of the group.
        var axes = steps.Count;
        var (group, filter, cell, channel) = (axes + 1, axes + 2, axes + 3, (2 * axes) + 3);
        var (filters, channels) = (weight.Shape[0].Size / groups, weight.Shape[1].Size);
        Extent[] extents = [Extent.Batch, .. shape.Take(axes).Select(places => new Extent(places)), groups, filters, .. weight.Shape.Extents.Skip(2), channels];

        // Along a dimension of one step nothing moves: the domain does without.
        int[] domain = [.. Enumerable.Range(0, extents.Length).Where(d => !extents[d].IsOne)];
        var places = Enumerable.Range(0, axes);
        var outputs = Index((group, filters), (filter, 1));
        return Append(
            new ContractOperation(
                [.. domain.Select(d => extents[d])],
                new AffineMap([
                    Index((0, 1)),
                    .. places.Select(axis => Index((axis + 1, steps[axis].Stride), (cell + axis, steps[axis].Dilation))),
                    Index((group, channels), (channel, 1)),
                ]),
                new AffineMap([outputs, Index((channel, 1)), .. places.Select(axis => Index((cell + axis, 1)))]),
                new AffineMap([Index((0, 1)), .. places.Select(axis => Index((axis + 1, 1))), outputs])),
            [x, weight],
            TensorShape.Batched(shape));

        AffineIndex Index(params (int Dimension, int Step)[] terms) =>
            new([.. domain.Select(d => terms.Where(t => t.Dimension == d).Sum(t => t.Step))], 0);
    }

    /// <summary>
    /// <c>Y[b, p · stride + i · dilation…, o] += X[b, p…, c] · W[c, o, i…]</c>: every place of x adds its window to the result. Channel c of
    /// group g adds to the outputs of group g.
    /// </summary>
    /// <param name="steps">Stride and dilation along each axis.</param>
    /// <param name="shape">The sample shape of the result: no smaller than what the windows reach.</param>
    public Node Spread(Node x, Node weight, IReadOnlyList<(int Stride, int Dilation)> steps, int groups, IReadOnlyList<int> shape)
    {
        var axes = steps.Count;
        var (group, channel, output, cell) = (axes + 1, axes + 2, axes + 3, axes + 4);
        var (channels, outputs) = (x.Shape.Last.Size / groups, weight.Shape[1].Size);
        Extent[] extents = [.. x.Shape.Extents.Take(axes + 1), groups, channels, outputs, .. weight.Shape.Extents.Skip(2)];
        int[] domain = [.. Enumerable.Range(0, extents.Length).Where(d => !extents[d].IsOne)];
        var places = Enumerable.Range(0, axes);
        var inputs = Index((group, channels), (channel, 1));
        return Append(
            new ContractOperation(
                [.. domain.Select(d => extents[d])],
                new AffineMap([.. Enumerable.Range(0, axes + 1).Select(d => Index((d, 1))), inputs]),
                new AffineMap([inputs, Index((output, 1)), .. places.Select(axis => Index((cell + axis, 1)))]),
                new AffineMap([
                    Index((0, 1)),
                    .. places.Select(axis => Index((axis + 1, steps[axis].Stride), (cell + axis, steps[axis].Dilation))),
                    Index((group, outputs), (output, 1)),
                ])),
            [x, weight],
            TensorShape.Batched(shape));

        AffineIndex Index(params (int Dimension, int Step)[] terms) =>
            new([.. domain.Select(d => terms.Where(t => t.Dimension == d).Sum(t => t.Step))], 0);
    }

    /// <summary><c>Y[…, c] = Σ X[…, c − before … c + after]</c> along the last axis, as far as there are elements.</summary>
    public Node WindowSum(Node x, int before, int after)
    {
        var (last, rank) = (x.Shape.Rank - 1, x.Shape.Rank + 1);
        var places = Enumerable.Range(0, x.Shape.Rank).ToArray();
        var window = new AffineIndex([.. Enumerable.Range(0, rank).Select(d => d >= last ? 1 : 0)], -before);
        return Contract(
            x, new([.. places.Take(last).Select(d => AffineIndex.Of(d, rank)), window]),
            Constant(1), new([new AffineIndex([.. Enumerable.Repeat(0, rank)], 0)]),
            [.. x.Shape.Extents, before + 1 + after],
            AffineMap.Project(rank, places));
    }

    public Node Map(ScalarExpression body, params Node[] operands) =>
        Append(new MapOperation(body), operands, operands.Select(o => o.Shape).Aggregate(Broadcast));

    public Node Map(Func<ScalarExpression, ScalarExpression> body, Node x) => Map(body(new Operand(0)), x);

    public Node Map(Func<ScalarExpression, ScalarExpression, ScalarExpression> body, Node a, Node b) =>
        Map(body(new Operand(0), new Operand(1)), a, b);

    /// <summary>The value repeated until it has the shape.</summary>
    public Node Broadcast(Node x, TensorShape shape) => x.Shape == shape ? x : Append(new MapOperation(new Operand(0)), [x], shape);

    public Node Reduce(ReduceKind kind, Node x, params int[] axes) =>
        Append(new ReduceOperation(kind, [.. axes]), [x], axes.Aggregate(x.Shape, (shape, axis) => shape.With(axis, 1)));

    public Node Pool(PoolKind kind, Node x, params PoolWindow[] windows) => Append(
        new PoolOperation(kind, [.. windows]), [x],
        windows.Aggregate(x.Shape, (shape, window) => shape.With(window.Axis, window.Places(shape[window.Axis].Size))));

    /// <summary>Each element repeated so often along axes.</summary>
    public Node Repeat(Node x, params (int Axis, int Times)[] axes) => Append(
        new PoolGradientOperation(PoolKind.Sum, [.. axes.Select(axis => new PoolWindow(axis.Axis, axis.Times, axis.Times, 0, 0))]), [x],
        axes.Aggregate(x.Shape, (shape, axis) => shape.With(axis.Axis, shape[axis.Axis].Size * axis.Times)));

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
