using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

public class SimplifyTests
{
    public static TheoryData<string> Trainable => new(SampleGraphs.Outputs.Keys.Concat(SampleGraphs.Losses.Keys));

    public static TheoryData<string> Scalars => new(SampleScalars.All.Keys);

    [Theory]
    [MemberData(nameof(Trainable))]
    public void Keeps_every_bit_of_forward_and_backward(string name) => ExpectSameBits(
        SampleGraphs.Outputs.TryGetValue(name, out var output)
            ? Differentiate.Run(output(), GradientSeed.Output, inputGradients: true)
            : Differentiate.Run(SampleGraphs.Losses[name](), GradientSeed.Loss, inputGradients: true));

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Keeps_every_bit_of_an_activation(string name) =>
        ExpectSameBits(Differentiate.Run(SampleGraphs.Activation(SampleScalars.All[name]), GradientSeed.Output, inputGradients: true));

    private static void ExpectSameBits(Graph graph)
    {
        var simplified = Simplify.Run(graph);
        IrVerifier.Verify(simplified);
        var elements = Draws.For(graph, batch: 3, seed: 5);
        var expected = IrInterpreter.Run(graph, 3, elements, Draws.Uniform);
        var actual = IrInterpreter.Run(simplified, 3, elements, Draws.Uniform);
        Assert.Equal(graph.Outputs.Select(output => output.Name), simplified.Outputs.Select(output => output.Name));
        foreach (var (name, _) in graph.Outputs)
        {
            Assert.Equal(expected[name].Select(BitConverter.DoubleToInt64Bits), actual[name].Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
