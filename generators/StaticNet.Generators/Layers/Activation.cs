using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>A layer without parameters that keeps the shape.</summary>
internal abstract class Activation(Arguments arguments) : Layer(arguments)
{
    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs) => new(inputs.X.Shape);

    public override Node Lower(LayerLowering lowering) => Apply(lowering.Builder, lowering.X);

    public override OnnxValue ToOnnx(OnnxLowering lowering) => lowering.X with { Name = Apply(lowering, lowering.X.Name) };

    /// <remarks>
    /// A function such as exp or tanh gets a map of its own, of its operand alone: its derivative can then be had from its result.
    /// </remarks>
    protected abstract Node Apply(GraphBuilder builder, Node x);

    /// <summary>The same in ONNX, whatever the order of the axes.</summary>
    protected abstract string Apply(OnnxLowering lowering, string x);
}
