using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>log(1 + exp x)</c>. Above 20 that is x in all digits of a float, and the exponential may overflow.</summary>
internal sealed class Softplus(Arguments arguments) : Activation(arguments)
{
    protected override Node Apply(GraphBuilder builder, Node x) => builder.Map(
        v => new Select(Comparison.Greater, v, 20, v, new Unary(UnaryFunction.Log1p, new Unary(UnaryFunction.Exp, v))),
        x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Softplus", [x]);
}
