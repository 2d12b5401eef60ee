using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>1 / (1 + exp(−x))</c>.</summary>
internal sealed class Sigmoid(Arguments arguments) : Activation(arguments)
{
    public override ValueRange Range => ValueRange.Probabilities;

    public static Node Of(GraphBuilder builder, Node x) => builder.Map(v => new Unary(UnaryFunction.Sigmoid, v), x);

    protected override Node Apply(GraphBuilder builder, Node x) => Of(builder, x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Sigmoid", [x]);
}
