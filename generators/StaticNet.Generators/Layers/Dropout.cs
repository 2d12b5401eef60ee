using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>Inverted dropout: in training elements are 0 with probability rate and <c>x / (1 − rate)</c> otherwise.</summary>
internal sealed class Dropout(Arguments arguments) : Layer(arguments)
{
    private readonly double _rate = ReadRate(arguments);

    public override bool IsTransparent => true;

    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs) => new(inputs.X.Shape);

    public override Node Lower(LayerLowering lowering) =>
        lowering.RandomStream is { } stream && _rate > 0
            ? Drop(lowering.Builder, lowering.X, lowering.Builder.Random(stream, lowering.X.Shape), _rate)
            : lowering.X;

    public static double ReadRate(Arguments arguments) =>
        arguments.Real("rate", 0, value => value is >= 0 and < 1, "from 0 up to, but not including, 1");

    /// <summary>Zero where a uniform number is below the rate; numbers that are fewer repeat.</summary>
    public static Node Drop(GraphBuilder builder, Node x, Node uniform, double rate) => builder.Map(
        (v, u) => new Select(Comparison.GreaterOrEqual, u, rate, v * (1 / (1 - rate)), 0), x, uniform);

    public override OnnxValue ToOnnx(OnnxLowering lowering) => lowering.X;
}
