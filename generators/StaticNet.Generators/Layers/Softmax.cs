using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Over the last axis.</summary>
internal abstract class SoftmaxLayer(Arguments arguments) : Activation(arguments)
{
    public override LayerResult? Infer(LayerInputs inputs)
    {
        var shape = inputs.X.Shape;
        if (shape[shape.Count - 1] > 1)
        {
            return base.Infer(inputs);
        }

        Arguments.Report(
            Rules.ShapeMismatch, -1, inputs.X.Source, Arguments.Text, "at least 2 values along the last axis", inputs.X.Text, shape.ToText());
        return null;
    }
}

/// <summary><c>exp x / Σ exp x</c> over the last axis.</summary>
internal sealed class Softmax(Arguments arguments) : SoftmaxLayer(arguments)
{
    public override ValueRange Range => ValueRange.Distribution;

    protected override Node Apply(GraphBuilder builder, Node x) => SoftmaxForm.Softmax(builder, x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Softmax", [x], ("axis", lowering.X.ChannelAxis));
}

/// <summary><c>x − log Σ exp x</c> over the last axis.</summary>
internal sealed class LogSoftmax(Arguments arguments) : SoftmaxLayer(arguments)
{
    protected override Node Apply(GraphBuilder builder, Node x)
    {
        var shifted = SoftmaxForm.Shift(builder, x);
        return builder.Map((v, logSumExp) => v - logSumExp, shifted, SoftmaxForm.LogSumExp(builder, shifted));
    }

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("LogSoftmax", [x], ("axis", lowering.X.ChannelAxis));
}
