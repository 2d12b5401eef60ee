using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>For each sample and each group of neighbouring channels, over all places.</summary>
internal sealed class GroupNorm(Arguments arguments) : Normalization(arguments)
{
    private readonly int _groups = arguments.Positive("groups");

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var shape = inputs.X.Shape;
        var channels = shape[shape.Count - 1];
        if (channels % _groups != 0)
        {
            Arguments.Report(
                Rules.ShapeMismatch, Arguments.PositionOf("groups"), inputs.X.Source, Arguments.Text, $"a multiple of {_groups} channels", inputs.X.Text, shape.ToText());
            return null;
        }

        return new(shape, [.. ScaleAndShift(inputs.Name, [channels])], 0);
    }

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, x) = (lowering.Builder, lowering.X);
        var parameters = lowering.Model.Parameters.Select(builder.Parameter).ToList();
        var channels = x.Shape.Last.Size;
        var grouped = TensorShape.Batched([_groups, channels / _groups]);
        var row = new TensorShape([.. x.Shape.Extents.Select((extent, axis) => axis == 0 || axis == x.Shape.Rank - 1 ? extent : 1)]);
        var mean = Mean(x);
        var factor = OfChannels(Normalizing(builder, Mean(SquaredDistances(builder, x, OfChannels(mean)))));
        var scale = IsAffine ? builder.Map((f, weight) => f * weight, factor, parameters[0]) : factor;
        return Normalized(builder, x, OfChannels(mean), scale, IsAffine ? parameters[1] : null);

        // First over the places of each channel, then over the channels of each group.
        Node Mean(Node values)
        {
            var places = x.Shape.Rank == 2 ? values : builder.Reduce(ReduceKind.Sum, values, [.. Enumerable.Range(1, x.Shape.Rank - 2)]);
            var sums = builder.Reduce(ReduceKind.Sum, builder.Reshape(places, grouped), 2);
            return builder.Map(sum => sum / (x.Shape.ConstantSize / _groups), sums);
        }

        Node OfChannels(Node ofGroups) => builder.Reshape(builder.Broadcast(ofGroups, grouped), row);
    }

    /// <summary>Each group is one channel of an instance normalisation.</summary>
    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var (parameters, shape, channels) = (lowering.Parameters, lowering.X.Shape, lowering.X.Channels);
        var grouped = lowering.Step("grouped", "Reshape", [lowering.ChannelsFirst, lowering.Integers("groups", [0, _groups, -1])]);
        var normalized = lowering.Step(
            "normalized", "InstanceNormalization", [grouped, lowering.Fill("ones", 1, _groups), lowering.Fill("zeros", 0, _groups)], ("epsilon", Epsilon));
        EquatableArray<string> back = [normalized, lowering.Extents("shape", [channels, .. shape.Take(shape.Count - 1)])];
        if (!IsAffine)
        {
            return lowering.GiveChannelsFirst(lowering.Node("Reshape", back));
        }

        var row = lowering.Integers("row", [channels, .. Enumerable.Repeat(1, shape.Count - 1)]);
        var scaled = lowering.Step("scaled", "Mul", [lowering.Step("ungrouped", "Reshape", back), lowering.Step("scale", "Reshape", [parameters[0], row])]);
        return lowering.GiveChannelsFirst(lowering.Node("Add", [scaled, lowering.Step("shift", "Reshape", [parameters[1], row])]));
    }
}
