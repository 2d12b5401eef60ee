using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>x · sigmoid(x)</c>.</summary>
internal sealed class Silu(Arguments arguments) : Activation(arguments)
{
    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;

    protected override Node Apply(GraphBuilder builder, Node x) =>
        builder.Map((v, sigmoid) => v * sigmoid, x, builder.Map(v => new Unary(UnaryFunction.Sigmoid, v), x));

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Mul", [x, lowering.Step("sigmoid", "Sigmoid", [x])]);
}
