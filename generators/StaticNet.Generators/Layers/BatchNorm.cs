using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>weight · (x − mean) / √(variance + ε) + bias</c> for each channel, the last axis.</summary>
internal sealed class BatchNorm(Arguments arguments) : Layer(arguments)
{
    private readonly double _epsilon = arguments.Real("Epsilon", 1e-5, value => value > 0, "a positive number");
    private readonly double _momentum = arguments.Real("Momentum", 0.1, value => value is >= 0 and <= 1, "from 0 to 1");
    private readonly bool _affine = arguments.Flag("Affine", true);

    public override bool KeepsInitializer => true;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var (name, channels) = (inputs.Name, Channels(inputs.X.Shape));
        return new(
            inputs.X.Shape,
            [
                .. _affine ? AffineParameters.Of(name, channels) : [],
                State($"{name}.running_mean", AffineParameters.Zeros),
                State($"{name}.running_var", AffineParameters.Ones),
            ],
            0)
        {
            // One value has no variance.
            MinimumTrainingBatch = inputs.X.Shape.CountElements() == channels ? 2 : 1,
        };

        ParameterSpec State(string name, InitializerSpec start) => new(name, [channels], ParameterRole.Vector, start) { IsState = true };
    }

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, x, specs) = (lowering.Builder, lowering.X, lowering.Model.Parameters);
        var parameters = specs.Select(builder.Parameter).ToList();
        var (runningMean, runningVariance) = (parameters[parameters.Count - 2], parameters[parameters.Count - 1]);
        if (!lowering.IsTraining)
        {
            // Scale and shift are made once a call; to the values they are one multiplication and one addition.
            var factor = builder.Map(variance => 1 / new Unary(UnaryFunction.Sqrt, variance + _epsilon), runningVariance);
            var scale = _affine ? builder.Map((weight, f) => weight * f, parameters[0], factor) : factor;
            var shift = _affine
                ? builder.Map(new Operand(0) - (new Operand(1) * new Operand(2)), parameters[1], runningMean, scale)
                : builder.Map((mean, s) => -(mean * s), runningMean, scale);
            return builder.Map((new Operand(0) * new Operand(1)) + new Operand(2), x, scale, shift);
        }

        var moments = Moments.Of(builder, x);
        builder.WriteState(specs[specs.Count - 2], Moved(runningMean, moments.Mean));
        builder.WriteState(specs[specs.Count - 1], Moved(runningVariance, moments.UnbiasedVariance(builder)));
        var normalizing = builder.Map(variance => 1 / new Unary(UnaryFunction.Sqrt, variance + _epsilon), moments.Variance);
        var scaling = _affine ? builder.Map((weight, n) => weight * n, parameters[0], normalizing) : normalizing;
        var normalized = (new Operand(0) - new Operand(1)) * new Operand(2);
        return _affine
            ? builder.Map(normalized + new Operand(3), x, moments.Mean, scaling, parameters[1])
            : builder.Map(normalized, x, moments.Mean, scaling);

        Node Moved(Node running, Node batch) => builder.Map((old, now) => (old * (1 - _momentum)) + (now * _momentum), running, batch);
    }

    private static int Channels(EquatableArray<int> shape) => shape[shape.Count - 1];

    /// <summary>Mean and variance of every channel over all other axes, the batch among them.</summary>
    private sealed record Moments(Node Mean, Node Variance, Node BatchSize, int RowsPerSample)
    {
        public static Moments Of(GraphBuilder builder, Node x)
        {
            var channels = x.Shape.Last.Size;
            var rows = x.Shape.ConstantSize / channels;
            var batch = builder.BatchSize();
            var mean = Mean(x);

            // Two passes: what the mean contributes to the sum of squares does not cancel. The squares are least at the mean, so it takes
            // no part in their gradient.
            var squares = builder.Map((v, m) => (v - m) * (v - m), x, builder.StopGradient(mean));
            return new(mean, Mean(squares), batch, rows);

            Node Mean(Node values) => builder.Map(
                (sum, n) => sum / (n * rows),
                builder.Reshape(
                    builder.Reduce(ReduceKind.Sum, values, [.. Enumerable.Range(0, x.Shape.Rank - 1)]), new TensorShape([channels])),
                batch);
        }

        public Node UnbiasedVariance(GraphBuilder builder) => builder.Map(
            (variance, n) => variance * (n * RowsPerSample) / ((n * RowsPerSample) - 1), Variance, BatchSize);
    }
}
