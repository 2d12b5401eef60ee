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

    protected override string Apply(OnnxLowering lowering, string x) => scale == 1
        ? lowering.Node("Elu", [x], ("alpha", alpha))
        : lowering.Node("Selu", [x], ("alpha", alpha), ("gamma", scale));
}

/// <summary>The exponential linear unit.</summary>
internal sealed class Elu(Arguments arguments) : ExponentialLinear(arguments, arguments.Real("alpha", 1), 1)
{
    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;
}

/// <summary>The scaled exponential linear unit, with the constants for which mean 0 and variance 1 are a stable fixed point.</summary>
internal sealed class Selu(Arguments arguments) : ExponentialLinear(arguments, Alpha, Scale)
{
    private const double Alpha = 1.6732632423543772848170429916717;

    private const double Scale = 1.0507009873554804934193349852946;

    public override InitializerKind WeightInitializer => InitializerKind.LecunNormal;
}
