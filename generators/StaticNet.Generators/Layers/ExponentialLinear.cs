using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>
/// <c>scale · x</c> where <c>x &gt; 0</c>, <c>scale · alpha · (exp x − 1)</c> elsewhere. It is one map: apart, the exponential of a large x
/// would meet a gradient of 0 and give NaN.
/// </summary>
internal abstract class ExponentialLinear(Arguments arguments, double alpha, double scale) : Activation(arguments)
{
    protected override Node Apply(GraphBuilder builder, Node x) => builder.Map(
        v => new Select(Comparison.LessOrEqual, v, 0, (scale * alpha) * new Unary(UnaryFunction.Expm1, v), scale == 1 ? v : scale * v),
        x);
}

/// <summary>The exponential linear unit.</summary>
internal sealed class Elu(Arguments arguments) : ExponentialLinear(arguments, ReadAlpha(arguments), 1)
{
    private readonly double _alpha = ReadAlpha(arguments);

    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;

    protected override string Apply(OnnxLowering lowering, string x) => lowering.Node("Elu", [x], ("alpha", _alpha));

    private static double ReadAlpha(Arguments arguments) => arguments.Real("alpha", 1);
}

/// <summary>The scaled exponential linear unit, with the constants for which mean 0 and variance 1 are a stable fixed point.</summary>
internal sealed class Selu(Arguments arguments) : ExponentialLinear(arguments, Alpha, Scale)
{
    private const double Alpha = 1.6732632423543772848170429916717;

    private const double Scale = 1.0507009873554804934193349852946;

    public override InitializerKind WeightInitializer => InitializerKind.LecunNormal;

    protected override string Apply(OnnxLowering lowering, string x) =>
        lowering.Node("Selu", [x], ("alpha", Alpha), ("gamma", Scale));
}
