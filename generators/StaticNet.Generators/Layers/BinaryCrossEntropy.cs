using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>−t · log p − (1 − t) · log(1 − p)</c>, from logits or from probabilities.</summary>
internal sealed class BinaryCrossEntropy(Arguments arguments) : ElementLoss(arguments)
{
    public override string Task => "BinaryClassification";

    private readonly bool _fromLogits = arguments.Flag("FromLogits", true);

    public override void CheckRange(ValueRange range, Arguments source)
    {
        if (_fromLogits && range != ValueRange.Any)
        {
            source.Report(Rules.ActivationAppliedTwice, -1, Arguments, source.Text, Arguments.Text);
        }
        else if (!_fromLogits && range == ValueRange.Any)
        {
            Arguments.Report(Rules.ProbabilitiesExpected, -1, source, Arguments.Text, source.Text);
        }
    }

    public override Node Link(GraphBuilder builder, Node output) => _fromLogits ? Sigmoid.Of(builder, output) : output;

    public override OnnxValue LinkToOnnx(OnnxGraph graph, OnnxValue output) => _fromLogits
        ? output with { Name = graph.Node("Sigmoid", $"{OnnxExport.OutputName}.sigmoid", [output.Name]) }
        : output;

    protected override Node Compare(GraphBuilder builder, Node output, Node target) =>
        _fromLogits ? CompareLogits(builder, output, target) : CompareProbabilities(builder, output, target);

    /// <summary>
    /// <c>max(z, 0) − z · t + log(1 + exp(−|z|))</c>: nothing overflows, and for targets of 0 and 1 no digits cancel, neither here nor in
    /// the derivative. Absolute value and maximum are choices of sign, because their own derivatives at 0 would not come to ½ together.
    /// </summary>
    private static Node CompareLogits(GraphBuilder builder, Node output, Node target) => builder.Map(
        (z, t) =>
        {
            var largest = new Select(Comparison.Greater, z, 0, z, 0);
            var minusDistance = new Select(Comparison.Greater, z, 0, -z, z);
            return largest - (z * t) + new Unary(UnaryFunction.Log1p, new Unary(UnaryFunction.Exp, minusDistance));
        },
        output, target);

    /// <summary>With the derivative <c>(p − t) / max(p · (1 − p), 10⁻¹²)</c>.</summary>
    private static Node CompareProbabilities(GraphBuilder builder, Node output, Node target)
    {
        var value = builder.Map(
            (p, t) =>
            {
                var (yes, no) = (new Unary(UnaryFunction.Log, p), new Unary(UnaryFunction.Log1p, -p));
                return ((t - 1) * ProbabilityForm.Clamp(no)) - (t * ProbabilityForm.Clamp(yes));
            },
            output, target);
        var slope = builder.Map((p, t) => (p - t) / ProbabilityForm.AtLeastFloor(p * (1 - p)), output, target);
        return ProbabilityForm.WithSlope(builder, value, output, slope);
    }
}
