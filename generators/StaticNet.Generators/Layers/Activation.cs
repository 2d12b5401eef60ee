using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>A layer without parameters that keeps the shape.</summary>
internal abstract class Activation(Arguments arguments) : Layer(arguments)
{
    public override LayerResult? Infer(LayerInputs inputs) => new(inputs.X.Shape);

    public override Node Lower(LayerLowering lowering) => Apply(lowering.Builder, lowering.X);

    protected abstract Node Apply(GraphBuilder builder, Node x);
}
