using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Inverted dropout: in training elements are 0 with probability rate and <c>x / (1 − rate)</c> otherwise.</summary>
internal sealed class Dropout(Arguments arguments) : Layer(arguments)
{
    private readonly double _rate = arguments.Real("rate", 0, value => value is >= 0 and < 1, "from 0 up to, but not including, 1");

    public override bool IsTransparent => true;

    public override LayerResult? Infer(LayerInputs inputs) => new(inputs.X.Shape);

    public override Node Lower(LayerLowering lowering) =>
        lowering.RandomStream is { } stream && _rate > 0 ? Drop(lowering.Builder, lowering.X, stream) : lowering.X;

    private Node Drop(GraphBuilder builder, Node x, int stream) => builder.Map(
        (v, uniform) => new Select(Comparison.GreaterOrEqual, uniform, _rate, v * (1 / (1 - _rate)), 0),
        x,
        builder.Random(stream, x.Shape));
}
