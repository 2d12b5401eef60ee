using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

public class SimplifyTests
{
    public static TheoryData<string> Networks => new(SampleGraphs.Outputs.Keys.Concat(SampleGraphs.Losses.Keys));

    public static TheoryData<string> Scalars => new(SampleScalars.All.Keys);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Keeps_every_bit_of_forward_and_backward(string name)
    {
        var graph = SampleGraphs.Outputs.TryGetValue(name, out var output)
            ? Differentiate.Run(output(), GradientSeed.Output, inputGradients: true)
            : Differentiate.Run(SampleGraphs.Losses[name](), GradientSeed.Loss, inputGradients: true);
        Equivalence.ExpectSameBits(graph, Simplify.Run(graph));
    }

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Keeps_every_bit_of_an_activation(string name)
    {
        var graph = Differentiate.Run(SampleGraphs.Activation(SampleScalars.All[name]), GradientSeed.Output, inputGradients: true);
        Equivalence.ExpectSameBits(graph, Simplify.Run(graph));
    }
}
