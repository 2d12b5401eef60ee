using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Every rule of differentiation against central differences.</summary>
public class DifferentiateTests
{
    public static TheoryData<string> Outputs => new(SampleGraphs.Outputs.Keys);

    public static TheoryData<string> Losses => new(SampleGraphs.Losses.Keys);

    public static TheoryData<string> Scalars => new(SampleScalars.All.Keys);

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Gradients_of_an_output_agree_with_differences(string name) =>
        Assert.Null(FiniteDifferences.Disagreement(SampleGraphs.Outputs[name](), GradientSeed.Output, GradientRules.Default));

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_of_a_loss_agree_with_differences(string name) =>
        Assert.Null(FiniteDifferences.Disagreement(SampleGraphs.Losses[name](), GradientSeed.Loss, GradientRules.Default));

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Derivatives_agree_with_differences(string name) => Assert.Null(
        FiniteDifferences.Disagreement(SampleGraphs.Activation(SampleScalars.All[name]), GradientSeed.Output, GradientRules.Default, batch: 7));
}
