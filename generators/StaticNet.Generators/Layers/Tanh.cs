using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh(Arguments arguments) : Activation(arguments)
{
    protected override Node Apply(GraphBuilder builder, Node x) => builder.Map(v => new Unary(UnaryFunction.Tanh, v), x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Tanh", [x]);
}
