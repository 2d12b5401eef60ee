using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>For each channel, the last axis, over all others: those of the batch in training, running statistics in inference.</summary>
internal sealed class BatchNorm(Arguments arguments) : Normalization(arguments)
{
    private readonly double _momentum = arguments.Real("Momentum", 0.1, value => value is >= 0 and <= 1, "from 0 to 1");

    public override bool RemovesBias => true;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var (name, shape) = (inputs.Name, inputs.X.Shape);
        var channels = shape[shape.Count - 1];
        return new(
            shape,
            [
                .. ScaleAndShift(name, [channels]),
                new($"{name}.running_mean", [channels], ParameterRole.Vector, Zeros) { IsState = true },
                new($"{name}.running_var", [channels], ParameterRole.Vector, Ones) { IsState = true },
            ],
            0)
        {
            // One value has no variance.
            MinimumTrainingBatch = shape.CountElements() == channels ? 2 : 1,
        };
    }

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, x, specs) = (lowering.Builder, lowering.X, lowering.Model.Parameters);
        var parameters = specs.Select(builder.Parameter).ToList();
        var (weight, bias) = IsAffine ? (parameters[0], parameters[1]) : (null, null);
        var (runningMean, runningVariance) = (parameters[parameters.Count - 2], parameters[parameters.Count - 1]);
        if (!lowering.IsTraining)
        {
            return Inferred(builder, x, runningMean, Scale(runningVariance), bias);
        }

        var rows = x.Shape.ConstantSize / x.Shape.Last.Size;
        var batch = builder.BatchSize();
        var mean = Mean(x);
        var variance = Mean(SquaredDistances(builder, x, mean));
        builder.WriteState(specs[specs.Count - 2], Moved(runningMean, mean));
        builder.WriteState(specs[specs.Count - 1], Moved(runningVariance, builder.Map(Unbiased, variance, batch)));
        return Normalized(builder, x, mean, Scale(variance), bias);

        Node Mean(Node values) => builder.Map(
            (sum, n) => sum / (n * rows),
            builder.Reshape(
                builder.Reduce(ReduceKind.Sum, values, [.. Enumerable.Range(0, x.Shape.Rank - 1)]), new TensorShape([x.Shape.Last])),
            batch);

        ScalarExpression Unbiased(ScalarExpression v, ScalarExpression n) => v * (n * rows) / ((n * rows) - 1);

        Node Moved(Node running, Node now) => builder.Map((old, v) => (old * (1 - _momentum)) + (v * _momentum), running, now);

        Node Scale(Node v) => weight is null
            ? Normalizing(builder, v)
            : builder.Map((w, factor) => w * factor, weight, Normalizing(builder, v));
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var channels = lowering.X.Channels;
        string[] plain = IsAffine ? [] : [lowering.Fill("ones", 1, channels), lowering.Fill("zeros", 0, channels)];
        return lowering.GiveChannelsFirst(lowering.Node(
            "BatchNormalization", [lowering.ChannelsFirst, .. plain, .. lowering.Parameters], ("epsilon", Epsilon)));
    }

    /// <summary>
    /// <c>x · scale + (bias − mean · scale)</c>. Scale and shift depend on parameters alone, so that they are made once; to the values that
    /// remains one multiplication and one addition, in the store of the contraction before.
    /// </summary>
    private static Node Inferred(GraphBuilder builder, Node x, Node mean, Node scale, Node? bias)
    {
        var shift = bias is null
            ? builder.Map((m, s) => -(m * s), mean, scale)
            : builder.Map(new Operand(0) - (new Operand(1) * new Operand(2)), bias, mean, scale);
        return builder.Map((new Operand(0) * new Operand(1)) + new Operand(2), x, scale, shift);
    }
}
