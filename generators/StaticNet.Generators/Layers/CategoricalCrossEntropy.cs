using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary><c>−Σⱼ tⱼ · max(log pⱼ, −100)</c> from probabilities, with the derivative <c>−tⱼ / max(pⱼ, 10⁻¹²)</c>.</summary>
internal sealed class CategoricalCrossEntropy(Arguments arguments) : ClassLoss(arguments)
{
    public override void CheckRange(ValueRange range, Arguments source)
    {
        if (range == ValueRange.Any)
        {
            Arguments.Report(Rules.ProbabilitiesExpected, -1, source, Arguments.Text, source.Text);
        }
        else
        {
            base.CheckRange(range, source);
        }
    }

    public override Node Lower(LossLowering lowering)
    {
        var (builder, output) = (lowering.Builder, lowering.Output);
        var value = builder.Map(p => -ProbabilityForm.Clamp(new Unary(UnaryFunction.Log, p)), output);
        var slope = builder.Map(p => -1 / ProbabilityForm.AtLeastFloor(p), output);
        var each = ProbabilityForm.WithSlope(builder, value, output, slope);
        return SumOverClasses(builder, Targets == TargetForm.ClassIndex
            ? WeighByIndex(builder, each, lowering.Target, 1, 0)
            : builder.Map((v, t) => v * t, each, lowering.Target));
    }
}
