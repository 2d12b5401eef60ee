using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>−Σⱼ qⱼ · log softmax(z)ⱼ</c> from logits, as a log-sum-exp.</summary>
internal sealed class SoftmaxCrossEntropy(Arguments arguments) : ClassLoss(arguments)
{
    private readonly double _smoothing =
        arguments.Real("LabelSmoothing", 0, value => value is >= 0 and < 1, "from 0 up to, but not including, 1");

    public override void CheckRange(ValueRange range, Arguments source)
    {
        if (range == ValueRange.Distribution)
        {
            source.Report(Rules.ActivationAppliedTwice, -1, Arguments, source.Text, Arguments.Text);
        }
        else
        {
            base.CheckRange(range, source);
        }
    }

    public override Node Link(GraphBuilder builder, Node output) => SoftmaxForm.Softmax(builder, output);

    public override OnnxValue LinkToOnnx(OnnxGraph graph, OnnxValue output) => output with
    {
        Name = graph.Node("Softmax", $"{OnnxExport.OutputName}.softmax", [output.Name], ("axis", output.ChannelAxis)),
    };

    public override Node Lower(LossLowering lowering)
    {
        var builder = lowering.Builder;
        var (target, classes) = (lowering.Target, lowering.Output.Shape.ConstantSize);
        var shifted = SoftmaxForm.Shift(builder, lowering.Output);
        var logSumExp = SoftmaxForm.LogSumExp(builder, shifted);
        var elsewhere = _smoothing / classes;
        if (Targets == TargetForm.ClassIndex)
        {
            // The weights sum to one, so that the log-sum-exp leaves the sum.
            var expected = WeighByIndex(builder, shifted, target, 1 - _smoothing + elsewhere, elsewhere);
            return builder.Map((all, right) => all - right, logSumExp, SumOverClasses(builder, expected));
        }

        var weight = _smoothing == 0 ? new Operand(2) : ((1 - _smoothing) * new Operand(2)) + elsewhere;
        return SumOverClasses(builder, builder.Map(weight * (new Operand(1) - new Operand(0)), shifted, logSumExp, target));
    }
}
