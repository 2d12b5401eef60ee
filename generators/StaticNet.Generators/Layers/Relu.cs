using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>max(0, x)</c>; NaN stays NaN.</summary>
internal sealed class Relu(Arguments arguments) : Activation(arguments)
{
    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;

    protected override Node Apply(GraphBuilder builder, Node x) =>
        builder.Map(v => new Binary(BinaryFunction.Maximum, v, 0), x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Relu", [x]);
}
