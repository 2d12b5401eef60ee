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
}
