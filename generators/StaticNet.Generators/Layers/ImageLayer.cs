using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>A layer without parameters that takes an image, [height, width, channels], and gives another.</summary>
internal abstract class ImageLayer(Arguments arguments) : Layer(arguments)
{
    public sealed override LayerResult? Infer(LayerInputs inputs)
    {
        var shape = inputs.X.Shape;
        if (shape.Count != 3)
        {
            Arguments.Report(Rules.ShapeMismatch, -1, inputs.X.Source, Arguments.Text, "height×width×channels", inputs.X.Text, shape.ToText());
            return null;
        }

        return ShapeOf(shape) is { } result ? new(result) : null;
    }

    public sealed override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => null;

    /// <summary>The shape of the image it gives; null, reported, when there can be none.</summary>
    protected abstract EquatableArray<int>? ShapeOf(EquatableArray<int> image);

    /// <summary>The shape, unless it has more elements than can be counted.</summary>
    protected EquatableArray<int>? Countable(long height, long width, int channels)
    {
        if (height <= int.MaxValue && width <= int.MaxValue && new EquatableArray<int>([(int)height, (int)width, channels]) is var shape && shape.IsCountable())
        {
            return shape;
        }

        Arguments.TooLarge(-1, $"{height}×{width}×{channels}", new System.Numerics.BigInteger(height) * width * channels);
        return null;
    }
}
