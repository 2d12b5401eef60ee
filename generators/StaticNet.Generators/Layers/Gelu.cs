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

    protected override string Apply(OnnxLowering lowering, string x)
    {
        if (_form == Form.None)
        {
            var erf = lowering.Step("erf", "Erf", [lowering.Step("scaled", "Div", [x, lowering.Number("root", Math.Sqrt(2))])]);
            var twice = lowering.Step("twice", "Mul", [x, lowering.Step("sum", "Add", [erf, lowering.Number("one", 1)])]);
            return lowering.Node("Mul", [twice, lowering.Number("half", 0.5)]);
        }

        var cube = lowering.Step("cube", "Mul", [lowering.Step("square", "Mul", [x, x]), x]);
        var sum = lowering.Step("sum", "Add", [x, lowering.Step("share", "Mul", [cube, lowering.Number("coefficient", 0.044715)])]);
        var argument = lowering.Step("argument", "Mul", [sum, lowering.Number("scale", Math.Sqrt(8 / Math.PI))]);
        return lowering.Node("Mul", [x, lowering.Step("sigmoid", "Sigmoid", [argument])]);
    }
}
