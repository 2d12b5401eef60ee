using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>x / (k + α / size · Σ x²)^β</c>, the sum over neighbouring channels.</summary>
internal sealed class LocalResponseNorm(Arguments arguments) : Layer(arguments)
{
    private readonly int _size = arguments.Positive("size");
    private readonly double _alpha = arguments.Real("Alpha", 1e-4, value => value >= 0, "a finite number of at least 0");
    private readonly double _beta = arguments.Real("Beta", 0.75, value => value >= 0, "a finite number of at least 0");
    private readonly double _k = arguments.Real("K", 1, value => value > 0, "a positive number");

    public override FeatureFlow Flow => FeatureFlow.Kept;

    public override LayerResult? Infer(LayerInputs inputs) => new(inputs.X.Shape);

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, x) = (lowering.Builder, lowering.X);
        var squares = builder.Map(v => v * v, x);
        var sizes = builder.Map(sum => (sum * (_alpha / _size)) + _k, builder.WindowSum(squares, _size / 2, (_size - 1) / 2));
        return builder.Map((v, factor) => v * factor, x, Power(builder, sizes));
    }

    /// <summary>
    /// ONNX has it for images and odd sizes; elsewhere the mean of squares is a pooling over channels. Of an even size the channels
    /// before count one more, as in PyTorch.
    /// </summary>
    public override OnnxValue ToOnnx(OnnxLowering lowering)
    {
        var (shape, channels) = (lowering.X.Shape, lowering.X.Channels);
        if (shape.Count == 3 && _size % 2 == 1)
        {
            return lowering.GiveChannelsFirst(lowering.Node(
                "LRN", [lowering.ChannelsFirst], ("size", _size), ("alpha", _alpha), ("beta", _beta), ("bias", _k)));
        }

        var x = lowering.ChannelsLast;
        var rows = lowering.Step("rows", "Reshape", [lowering.Step("squares", "Mul", [x, x]), lowering.Integers("flat", [0, 1, -1, channels])]);
        var means = lowering.Step(
            "means", "AveragePool", [rows],
            ("kernel_shape", new EquatableArray<int>(1, _size)), ("pads", new EquatableArray<int>(0, _size / 2, 0, (_size - 1) / 2)), ("count_include_pad", 1));
        var scaled = lowering.Step("scaled", "Mul", [lowering.Step("unrolled", "Reshape", [means, lowering.Extents("shape", shape)]), lowering.Number("alpha", _alpha)]);
        var sizes = lowering.Step("sizes", "Add", [scaled, lowering.Number("k", _k)]);
        return lowering.GiveChannelsLast(lowering.Node("Div", [x, lowering.Step("power", "Pow", [sizes, lowering.Number("beta", _beta)])]));
    }

    /// <summary><c>size^−β</c>; for the common exponents by roots, which cost less than logarithm and exponential and are closer.</summary>
    private Node Power(GraphBuilder builder, Node sizes)
    {
        var root = (ScalarExpression s) => new Unary(UnaryFunction.Sqrt, s);
        return _beta switch
        {
            0.5 => builder.Map(s => 1 / root(s), sizes),
            0.75 => builder.Map(r => 1 / (r * root(r)), builder.Map(root, sizes)),
            1 => builder.Map(s => 1 / s, sizes),
            _ => builder.Map(
                logarithm => new Unary(UnaryFunction.Exp, logarithm * -_beta), builder.Map(s => new Unary(UnaryFunction.Log, s), sizes)),
        };
    }
}
