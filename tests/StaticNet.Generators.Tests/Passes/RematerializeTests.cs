using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Tests.Passes;

public class RematerializeTests
{
    [Fact]
    public void Backward_draws_its_random_numbers_again()
    {
        var before = Simplify.Run(Differentiate.Run(SampleGraphs.Outputs["dropout"](), GradientSeed.Output));
        var after = Rematerialize.Run(before);
        Equivalence.ExpectSameBits(before, after);

        var draws = after.Nodes.Where(node => node.Operation is RandomOperation).ToArray();
        Assert.Single(before.Nodes, node => node.Operation is RandomOperation);
        Assert.Equal(2, draws.Length);
        Assert.Equal(draws[0].Operation, draws[1].Operation);
        Assert.All(draws, draw => Assert.Single(after.Nodes, node => node.Operands.Contains(draw)));
        Assert.Contains(draws[0], after["output"].Operands);
    }

    [Fact]
    public void Forward_alone_stays_as_it_is()
    {
        var graph = Simplify.Run(SampleGraphs.Outputs["dropout"]());
        Assert.Equal(graph.ToString(), Rematerialize.Run(graph).ToString());
    }
}
