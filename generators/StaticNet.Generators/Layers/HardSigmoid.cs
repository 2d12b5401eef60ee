using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>(x + 3) / 6</c> between 0 and 1; at both corners the derivative is 0, as in PyTorch.</summary>
internal sealed class HardSigmoid(Arguments arguments) : Activation(arguments)
{
    public override ValueRange Range => ValueRange.Probabilities;

    protected override Node Apply(GraphBuilder builder, Node x) => builder.Map(
        v => new Select(Comparison.LessOrEqual, v, -3, 0, new Select(Comparison.GreaterOrEqual, v, 3, 1, (v + 3) * (1.0 / 6))),
        x);

    protected override string Apply(OnnxLowering lowering, string x) =>
        lowering.Node("HardSigmoid", [x], ("alpha", 1.0 / 6), ("beta", 0.5));
}
