using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// <c>x · (x + 3) / 6</c> from −3 up to 3, 0 before and x from there on: as in PyTorch the right-hand derivative at each corner.
/// </summary>
internal sealed class HardSwish(Arguments arguments) : Activation(arguments)
{
    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;

    protected override Node Apply(GraphBuilder builder, Node x) => builder.Map(
        v => new Select(Comparison.Less, v, -3, 0, new Select(Comparison.Less, v, 3, v * (v + 3) * (1.0 / 6), v)),
        x);

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("HardSwish", [x]);
}
