using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>One number for each channel of an image.</summary>
internal sealed class GlobalPool(Arguments arguments, PoolKind kind) : ImageLayer(arguments)
{
    protected override EquatableArray<int>? ShapeOf(EquatableArray<int> image) => [image[2]];

    public override Node Lower(LayerLowering lowering)
    {
        return lowering.Builder.Reshape(lowering.Builder.Pool(kind, lowering.X, All(1), All(2)), TensorShape.Batched(lowering.Model.Shape));

        PoolWindow All(int axis) => new(axis, lowering.X.Shape[axis].Size, lowering.X.Shape[axis].Size, 0, 0);
    }

    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var image = lowering.Step("image", kind == PoolKind.Max ? "GlobalMaxPool" : "GlobalAveragePool", [lowering.ChannelsFirst]);
        return lowering.GiveChannelsLast(lowering.Node("Flatten", [image]));
    }
}
