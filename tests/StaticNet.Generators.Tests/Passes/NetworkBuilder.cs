using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Layers for test graphs, as the lowering of a declaration would build them.</summary>
internal sealed class NetworkBuilder
{
    public GraphBuilder Build { get; } = new();

    public Node X(params int[] sample) => X(0, sample);

    public Node X(int ordinal, int[] sample) => Build.Input(InputRole.Data, ordinal, $"x{ordinal}", TensorShape.Batched(sample));

    public Node Parameter(string name, params int[] shape) =>
        Build.Parameter(new(name, [.. shape], shape.Length > 1 ? ParameterRole.Weight : ParameterRole.Vector, new(InitializerKind.Zeros, 1, 1)));

    public Node Dense(Node x, string name, int units)
    {
        Build.Origin = name;
        var product = Build.MatrixProduct(x, Parameter($"{name}.weight", units, x.Shape[x.Shape.Rank - 1].Size));
        return Build.Map((a, b) => a + b, product, Parameter($"{name}.bias", units));
    }

    public Node Relu(Node x) => Build.Map(a => new Binary(BinaryFunction.Maximum, a, 0), x);

    public Node Apply(UnaryFunction function, Node x) => Build.Map(a => new Unary(function, a), x);

    public Node Dropout(Node x) => Build.Map(
        new Select(Comparison.GreaterOrEqual, new Operand(1), 0.4, new Operand(0) / 0.6, 0), x, Build.Random(stream: 3, x.Shape));

    /// <summary>S[b, i, j] = Σₖ A[b, i, k] · B[b, j, k].</summary>
    public Node Scores(Node a, Node b) => Build.Contract(
        a, AffineMap.Project(4, 0, 1, 3), b, AffineMap.Project(4, 0, 2, 3),
        [Extent.Batch, a.Shape[1], b.Shape[1], a.Shape[2]], AffineMap.Project(4, 0, 1, 2));

    /// <summary>Over [batch, place, channel]: domain (batch, place, filter, tap, channel).</summary>
    public Node Convolution(Node x, string name, int filters, int width, int stride, int dilation, int padding)
    {
        var (length, channels) = (x.Shape[1].Size, x.Shape[2].Size);
        var places = ((length + (2 * padding) - (dilation * (width - 1)) - 1) / stride) + 1;
        return Build.Contract(
            x, new([AffineIndex.Of(0, 5), new([0, stride, 0, dilation, 0], -padding), AffineIndex.Of(4, 5)]),
            Parameter($"{name}.weight", filters, width, channels), AffineMap.Project(5, 2, 3, 4),
            [Extent.Batch, places, filters, width, channels], AffineMap.Project(5, 0, 1, 2));
    }

    /// <summary>Over [batch, place, channel]: writes through stride · place + tap − padding.</summary>
    public Node TransposedConvolution(Node x, string name, int filters, int width, int stride, int padding)
    {
        var (length, channels) = (x.Shape[1].Size, x.Shape[2].Size);
        var places = (stride * (length - 1)) + width - (2 * padding);
        return Build.Contract(
            x, AffineMap.Project(5, 0, 1, 4),
            Parameter($"{name}.weight", filters, width, channels), AffineMap.Project(5, 2, 3, 4),
            [Extent.Batch, length, filters, width, channels],
            new([AffineIndex.Of(0, 5), new([0, stride, 0, 1, 0], -padding), AffineIndex.Of(2, 5)]), TensorShape.Batched([places, filters]));
    }

    public (Node Shifted, Node Sum, Node Probabilities) Softmax(Node logits)
    {
        var axis = logits.Shape.Rank - 1;
        var shifted = Build.Map((z, m) => z - m, logits, Build.StopGradient(Build.Reduce(ReduceKind.Max, logits, axis)));
        var exp = Apply(UnaryFunction.Exp, shifted);
        var sum = Build.Reduce(ReduceKind.Sum, exp, axis);
        return (shifted, sum, Build.Map((e, s) => e / s, exp, sum));
    }

    public Node SoftmaxCrossEntropy(Node logits)
    {
        var (shifted, sum, _) = Softmax(logits);
        var target = Build.Input(InputRole.Target, 0, "target", TensorShape.Batched([1]), ElementType.Int32);
        var picked = Build.Reduce(
            ReduceKind.Sum, Build.Map(new Select(Comparison.Equal, new IndexOf(1), new Operand(1), new Operand(0), 0), shifted, target), 1);
        return Build.Map((s, p) => new Unary(UnaryFunction.Log, s) - p, sum, picked);
    }

    public Node MeanSquaredError(Node output)
    {
        var error = Build.Map((y, t) => y - t, output, Target(output.Shape));
        return Build.Map(s => s / output.Shape.ConstantSize, Build.Reduce(ReduceKind.Sum, Build.Map((a, b) => a * b, error, error), 1));
    }

    public Node BinaryCrossEntropy(Node logits) => Build.Reduce(
        ReduceKind.Sum, Build.Map((z, t) => Softplus(z) - (z * t), logits, Target(logits.Shape)), 1);

    /// <summary>log(1 + eˣ), smooth from both sides.</summary>
    public static ScalarExpression Softplus(ScalarExpression x) => new Select(
        Comparison.Greater, x, 0,
        x + new Unary(UnaryFunction.Log1p, new Unary(UnaryFunction.Exp, -x)),
        new Unary(UnaryFunction.Log1p, new Unary(UnaryFunction.Exp, x)));

    private Node Target(TensorShape shape) => Build.Input(InputRole.Target, 0, "target", shape);
}
