using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>x / (k + α / size · Σ x²)^β</c>, the sum over neighbouring channels.</summary>
internal sealed class LocalResponseNorm(Arguments arguments) : Layer(arguments)
{
    private readonly int _size = arguments.Positive("size");
    private readonly double _alpha = arguments.Real("Alpha", 1e-4, value => value >= 0, "a finite number of at least 0");
    private readonly double _beta = arguments.Real("Beta", 0.75, value => value >= 0, "a finite number of at least 0");
    private readonly double _k = arguments.Real("K", 1, value => value > 0, "a positive number");

    public override LayerResult? Infer(LayerInputs inputs) => new(inputs.X.Shape);

    public override Node Lower(LayerLowering lowering)
    {
        var (builder, x) = (lowering.Builder, lowering.X);
        var squares = builder.Map(v => v * v, x);
        var sizes = builder.Map(sum => (sum * (_alpha / _size)) + _k, builder.WindowSum(squares, _size / 2, (_size - 1) / 2));
        return builder.Map((v, factor) => v * factor, x, Power(builder, sizes));
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
