using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Grouped convolutions are laid out as groups that fill panels: the same values, each panel within one group.</summary>
public class LayOutTests
{
    [Theory]
    [InlineData("[Input(4, 5, 6)] [Conv2D(9, 3, Groups = 3), Tanh, Conv2D(3, 2, Groups = 3)]", "parted groups, 3 of 3")]
    [InlineData("[Input(3, 3, 4)] [Conv2D(64, 3, Groups = 2, Padding = Padding.Same), Tanh, Conv2D(64, 1, Groups = 2)]", "turned groups, 1 of 2")]
    [InlineData("[Input(6, 64)] [Conv1D(32, 2, Groups = 16), Tanh, Conv1D(64, 3, Stride = 2, Groups = 16)]", "joined groups, 8 of 16")]
    [InlineData("[Input(5, 64)] [Conv1D(64, 2, Groups = 64), Tanh, Conv1D(128, 2, Groups = 64)]", "turned groups, 32 of 64")]
    [InlineData("[Input(2, 3, 8)] [ConvTranspose2D(64, 2, Stride = 2, Groups = 2), Tanh, ConvTranspose2D(4, 2, Groups = 2)]", "joined groups, 2 of 2")]
    public void Groups_fill_panels(string declaration, string expected)
    {
        var graph = Simplify.Run(Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Record), GradientSeed.Output, inputGradients: true));

        var arranged = LayOut.Run(graph);

        IrVerifier.Verify(arranged);
        Assert.Contains(arranged.Nodes, node => GraphText.Of(node.Operation) == expected);
        Assert.All(arranged.Nodes.Where(node => node.Operation is ContractOperation), node =>
        {
            var windows = WindowContract.Of(node)!;
            var outputs = windows.Role == WindowRole.Scatter ? windows.Image : windows.Map;
            Assert.True(windows.Groups == 1 || windows.IsDepthwise || outputs.Shape.Last.Size / windows.Groups % StaticNet.Generators.Passes.Padding.PanelWidth == 0, node.ToString());
        });

        var elements = Draws.For(graph, batch: 2, seed: 5);
        var (before, after) = (IrInterpreter.Run(graph, 2, elements, Draws.Uniform), IrInterpreter.Run(arranged, 2, elements, Draws.Uniform));
        foreach (var (name, _) in graph.Outputs)
        {
            Assert.Equal(before[name].Length, after[name].Length);
            Assert.All(before[name].Zip(after[name]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }
}
