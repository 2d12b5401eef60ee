using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>x</c> where <c>x &gt; 0</c>, <c>slope · x</c> elsewhere: at 0 the derivative is the slope.</summary>
internal sealed class LeakyRelu(Arguments arguments) : Activation(arguments)
{
    private readonly double _slope = arguments.Real("slope", 0.01);

    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;

    protected override Node Apply(GraphBuilder builder, Node x) =>
        builder.Map(v => new Select(Comparison.Greater, v, 0, v, _slope * v), x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("LeakyRelu", [x], ("alpha", _slope));
}
