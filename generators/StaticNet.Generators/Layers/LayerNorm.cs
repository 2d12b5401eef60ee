using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>For each vector along the last axis, or for each sample.</summary>
internal sealed class LayerNorm(Arguments arguments) : Normalization(arguments)
{
    private readonly bool _wholeSample = arguments.Flag("WholeSample", false);

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var shape = inputs.X.Shape;
        return new(shape, [.. ScaleAndShift(inputs.Name, _wholeSample ? shape : [shape[shape.Count - 1]])], 0);
    }

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, specs) = (lowering.Builder, lowering.Model.Parameters);
        var x = _wholeSample ? builder.Reshape(lowering.X, TensorShape.Batched([lowering.X.Shape.ConstantSize])) : lowering.X;
        var parameters = specs.Select(spec => builder.Reshape(builder.Parameter(spec), new TensorShape([spec.Size]))).ToList();
        var mean = Mean(x);
        var factor = Normalizing(builder, Mean(SquaredDistances(builder, x, mean)));
        var y = IsAffine
            ? builder.Map(
                ((new Operand(0) - new Operand(1)) * new Operand(2) * new Operand(3)) + new Operand(4), x, mean, factor, parameters[0], parameters[1])
            : Normalized(builder, x, mean, factor, bias: null);
        return builder.Reshape(y, lowering.X.Shape);

        Node Mean(Node values) => builder.Map(
            sum => sum / values.Shape.Last.Size, builder.Reduce(ReduceKind.Sum, values, values.Shape.Rank - 1));
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var shape = lowering.X.Shape;
        int[] normalized = _wholeSample ? [.. shape] : [lowering.X.Channels];
        EquatableArray<string> scaleAndShift = IsAffine ? lowering.Parameters : [lowering.Fill("ones", 1, normalized)];
        return lowering.GiveChannelsLast(lowering.Node(
            "LayerNormalization", [lowering.ChannelsLast, .. scaleAndShift], ("axis", _wholeSample ? 1 : -1), ("epsilon", Epsilon)));
    }
}
