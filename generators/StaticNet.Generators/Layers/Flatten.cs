using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>All axes of a sample as one.</summary>
internal sealed class Flatten(Arguments arguments) : Layer(arguments)
{
    public override bool IsTransparent => true;

    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs) => new([(int)inputs.X.Shape.CountElements()]);

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) =>
        operands[0] is { } shape ? [(int)shape.CountElements()] : null;

    public override Node Lower(LayerLowering lowering) =>
        lowering.Builder.Reshape(lowering.X, TensorShape.Batched(lowering.Model.Shape));

    /// <summary>The order of the axes counts: channels last.</summary>
    public override OnnxValue ToOnnx(OnnxLowering lowering) => lowering.GiveChannelsLast(lowering.Node(
        "Flatten", [lowering.X.HasOneOrder ? lowering.X.Name : lowering.ChannelsLast]));
}
