using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>x · Φ(x)</c>, by the error function or by a hyperbolic tangent.</summary>
internal sealed class Gelu(Arguments arguments) : Activation(arguments)
{
    private readonly Form _form = arguments.Choice<Form>("Approximation");

    /// <summary>The library's <c>GeluApproximation</c>, number by number.</summary>
    internal enum Form { None, Tanh }

    public override InitializerKind WeightInitializer => InitializerKind.HeNormal;

    protected override Node Apply(GraphBuilder builder, Node x)
    {
        if (_form == Form.None)
        {
            return builder.Map(v => 0.5 * v * (1 + new Unary(UnaryFunction.Erf, Math.Sqrt(0.5) * v)), x);
        }

        // ½(1 + tanh u) is sigmoid(2u), which is also right where one minus the tangent has cancelled.
        var argument = builder.Map(v => Math.Sqrt(8 / Math.PI) * (v + (0.044715 * v * v * v)), x);
        var sigmoid = builder.Map(v => new Unary(UnaryFunction.Sigmoid, v), argument);
        return builder.Map((v, s) => v * s, x, sigmoid);
    }
}
