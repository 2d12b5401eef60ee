using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Graphs that between them use every primitive and every way to broadcast.</summary>
internal static class SampleGraphs
{
    /// <summary>Graphs with an output, [batch, …].</summary>
    public static readonly IReadOnlyDictionary<string, Func<Graph>> Outputs = new Dictionary<string, Func<Graph>>
    {
        ["dense"] = () => Output(n => n.Dense(n.X(3), "a", 4)),
        ["dense over leading axes"] = () => Output(n => n.Dense(n.X(2, 3), "a", 4)),
        ["perceptron"] = () => Output(n => n.Dense(n.Relu(n.Dense(n.X(3), "a", 5)), "b", 2)),
        ["scores of two values"] = () => Output(n => n.Scores(n.X(3, 4), n.Dense(n.X(1, [2, 4]), "a", 4))),
        ["product with itself"] = () => Output(n =>
        {
            var h = n.Dense(n.X(2, 3), "a", 3);
            return n.Scores(h, h);
        }),
        ["convolution"] = () => Output(n => n.Convolution(n.X(7, 2), "a", filters: 3, width: 3, stride: 2, dilation: 2, padding: 1)),
        ["transposed convolution"] = () => Output(n => n.TransposedConvolution(n.X(3, 2), "a", filters: 2, width: 3, stride: 2, padding: 1)),
        ["maximum of windows"] = () => Output(n => n.Build.Pool(PoolKind.Max, n.Dense(n.X(5, 3), "a", 2), new PoolWindow(1, 2, 2, 0, 0))),
        ["maximum of windows that overlap"] = () => Output(n => n.Build.Pool(
            PoolKind.Max, n.Dense(n.X(4, 3, 2), "a", 2), new PoolWindow(1, 3, 2, 1, 1), new PoolWindow(2, 2, 1, 0, 1))),
        ["mean of windows"] = () => Output(n => n.Build.Pool(
            PoolKind.Mean, n.Dense(n.X(4, 3, 2), "a", 2), new PoolWindow(1, 3, 2, 1, 1), new PoolWindow(2, 2, 1, 0, 1))),
        ["mean inside windows"] = () => Output(n => n.Build.Pool(
            PoolKind.MeanInside, n.Dense(n.X(4, 3, 2), "a", 2), new PoolWindow(1, 3, 2, 1, 1), new PoolWindow(2, 2, 1, 0, 1))),
        ["sum of windows"] = () => Output(n => n.Build.Pool(
            PoolKind.Sum, n.Dense(n.X(4, 3, 2), "a", 2), new PoolWindow(1, 3, 2, 1, 1), new PoolWindow(2, 2, 1, 0, 1))),
        ["repeated cells"] = () => Output(n => n.Build.Repeat(n.Dense(n.X(2, 3, 2), "a", 2), (1, 3), (2, 2))),
        ["broadcast column"] = () => Output(n => n.Build.Map((x, c) => x * c, n.X(2, 3), n.Parameter("c", 2, 1))),
        ["broadcast row"] = () => Output(n => n.Build.Map((x, c) => x / ((c * c) + 1), n.X(2, 3), n.Parameter("c", 3))),
        ["broadcast scalar"] = () => Output(n => n.Build.Map((x, c) => x - c, n.X(2, 3), n.Parameter("c", 1))),
        ["broadcast into each other"] = () => Output(n => n.Build.Map(
            new Operand(0) + (new Operand(1) * new Operand(2)), n.X(2, 3), n.Parameter("c", 2, 1), n.Parameter("d", 1, 3))),
        ["broadcast over axes of one"] = () => Output(n => n.Build.Map((x, c) => x * c, n.X(1, 3), n.Parameter("c", 1, 1, 3))),
        ["one operand twice"] = () => Output(n =>
        {
            var h = n.Dense(n.X(3), "a", 3);
            return n.Build.Map((a, b) => a * new Unary(UnaryFunction.Tanh, b), h, h);
        }),
        ["fan-out"] = () => Output(n =>
        {
            var h = n.Apply(UnaryFunction.Tanh, n.Dense(n.X(3), "a", 3));
            return n.Build.Map((a, b) => a + b, n.Build.Map((a, b) => a * b, h, n.Dense(h, "b", 3)), h);
        }),
        ["sum of a layer"] = () => Output(n => n.Build.Reduce(ReduceKind.Sum, n.Dense(n.X(3), "a", 4), 1)),
        ["sum of a broadcast"] = () => Output(n => n.Build.Reduce(
            ReduceKind.Sum, n.Build.Map((x, c) => x + c, n.Dense(n.X(2, 3), "a", 4), n.Parameter("c", 2, 1)), 1, 2)),
        ["maximum of a layer"] = () => Output(n => n.Build.Reduce(ReduceKind.Max, n.Dense(n.X(2, 3), "a", 4), 1)),
        ["norm over the batch"] = () => Output(n =>
        {
            var h = n.Dense(n.X(3), "a", 4);
            var squares = n.Build.Reduce(ReduceKind.Sum, n.Build.Map((a, b) => a * b, h, h), 0);
            return n.Build.Map((x, s) => x / new Unary(UnaryFunction.Sqrt, s + 1), h, squares);
        }),
        ["softmax"] = () => Output(n => n.Softmax(n.Dense(n.X(3), "a", 4)).Probabilities),
        ["views"] = () => Output(n =>
        {
            var h = n.Build.Transpose(n.Build.Reshape(n.Dense(n.X(3), "a", 6), TensorShape.Batched([2, 3])), 0, 2, 1);
            return n.Build.Concat(
                1, n.Build.Pad(h, axis: 2, before: 1, after: 2),
                n.Build.Map(x => x * x, n.Build.Slice(n.Build.Pad(h, axis: 2, before: 1, after: 3), axis: 2, start: 1, length: 5)));
        }),
        ["flattened"] = () => Output(n => n.Build.Reshape(n.Dense(n.X(2, 4), "a", 3), TensorShape.Batched([6]))),
        ["permuted axes"] = () => Output(n => n.Build.Transpose(n.Dense(n.X(2, 3, 4), "a", 5), 0, 3, 1, 2)),
        ["views of a sum"] = () => Output(n => n.Build.Reduce(
            ReduceKind.Sum,
            n.Build.Concat(
                1, n.Build.Transpose(n.Dense(n.X(2, 3), "a", 4), 0, 2, 1),
                n.Build.Slice(n.Build.Pad(n.X(1, [4, 2]), axis: 1, before: 1, after: 0), axis: 1, start: 0, length: 3),
                n.Build.Reshape(n.Parameter("c", 1, 2), new([1, 1, 2])) is var c ? n.Build.Map((a, b) => a * b, n.X(2, [1, 2]), c) : c),
            1, 2)),
        ["split in two"] = () => Output(n =>
        {
            var h = n.Dense(n.X(3), "a", 6);
            return n.Build.Map((a, b) => a * new Unary(UnaryFunction.Sigmoid, b), n.Build.Slice(h, 1, 0, 3), n.Build.Slice(h, 1, 3, 3));
        }),
        ["position times value"] = () => Output(n => n.Build.Map(x => x * (new IndexOf(1) + 1), n.Dense(n.X(3), "a", 4))),
        ["position and a column"] = () => Output(n => n.Build.Map((x, c) => x + (c * new IndexOf(2)), n.X(2, 3), n.Parameter("c", 2, 1))),
        ["parameter without effect"] = () => Output(n =>
        {
            n.Parameter("unused", 2);
            return n.Dense(n.X(3), "a", 4);
        }),
        ["dropout"] = () => Output(n => n.Dropout(n.Dense(n.X(3), "a", 4))),
        ["residual"] = () => Output(n =>
        {
            var x = n.Dense(n.X(3), "a", 4);
            return n.Relu(n.Build.Map((a, b) => a + b, x, n.Dense(n.Relu(x), "b", 4)));
        }),
    };

    /// <summary>Graphs with a loss, [batch, 1], weighted by sample.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Graph>> Losses = new Dictionary<string, Func<Graph>>
    {
        ["softmax cross-entropy"] = () => Loss(n => n.SoftmaxCrossEntropy(n.Dense(n.X(3), "a", Draws.Classes))),
        ["mean squared error"] = () => Loss(n => n.MeanSquaredError(n.Dense(n.X(3), "a", 2))),
        ["binary cross-entropy"] = () => Loss(n => n.BinaryCrossEntropy(n.Dense(n.X(3), "a", 2))),
        ["sum"] = () => Loss(n => n.Build.Reduce(ReduceKind.Sum, n.Relu(n.Dense(n.X(3), "a", 4)), 1)),
    };

    public static Graph Activation(ScalarExpression body) => Output(n => n.Build.Map(body, n.Dense(n.X(3), "a", 4)));

    public static Graph Output(Func<NetworkBuilder, Node> network)
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", network(n));
        return n.Build.Graph;
    }

    public static Graph Loss(Func<NetworkBuilder, Node> samples)
    {
        var n = new NetworkBuilder();
        var weight = n.Build.Input(InputRole.SampleWeight, 0, "sampleWeight", TensorShape.Batched([1]));
        n.Build.Graph.Name("loss", n.Build.Map((w, loss) => w * loss, weight, samples(n)));
        return n.Build.Graph;
    }
}
