using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>The same numbers under another shape.</summary>
internal sealed class Reshape(Arguments arguments) : Layer(arguments)
{
    private readonly EquatableArray<int> _shape = Input.ReadShape(arguments);

    public override bool IsTransparent => true;

    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs)
    {
        var (wanted, given) = (_shape.CountElements(), inputs.X.Shape.CountElements());
        if (wanted == given || _shape != Arguments.Integers("shape"))
        {
            // What stands in for a shape that is none need not fit.
            return new(_shape);
        }

        Arguments.Report(
            Rules.ShapeMismatch, -1, inputs.X.Source, Arguments.Text, $"{_shape.ToText()} = {wanted} numbers", inputs.X.Text,
            $"{inputs.X.Shape.ToText()} = {given}");
        return null;
    }

    public override EquatableArray<int>? GuessShape(IReadOnlyList<EquatableArray<int>?> operands) => _shape;

    public override Node Lower(LayerLowering lowering) => lowering.Builder.Reshape(lowering.X, TensorShape.Batched(_shape));

    public override OnnxValue ToOnnx(OnnxLowering lowering) => lowering.GiveChannelsLast(lowering.Node(
        "Reshape", [lowering.X.HasOneOrder ? lowering.X.Name : lowering.ChannelsLast, lowering.Extents("shape", _shape)]));
}
