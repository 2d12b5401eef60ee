using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Inverted dropout of whole channels: one random number for each channel of a sample.</summary>
internal sealed class SpatialDropout2D(Arguments arguments) : ImageLayer(arguments)
{
    private readonly double _rate = Dropout.ReadRate(arguments);

    public override bool IsTransparent => true;

    protected override EquatableArray<int>? ShapeOf(EquatableArray<int> image) => image;

    public override Node Lower(LayerLowering lowering) => lowering.RandomStream is { } stream && _rate > 0
        ? Dropout.Drop(lowering.Builder, lowering.X, lowering.Builder.Random(stream, lowering.X.Shape.With(1, 1).With(2, 1)), _rate)
        : lowering.X;

    public override OnnxValue ToOnnx(OnnxLowering lowering) => lowering.X;
}
