using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Passes;

/// <summary>Contractions by tiles know what is outside an image: borders before them and cuts behind them go, and no value changes.</summary>
public class AbsorbPadsTests
{
    [Theory]
    [InlineData("[Input(11, 9, 16)] [Conv2D(32, 3, Padding = Padding.Same), Tanh, Conv2D(16, 3, Padding = Padding.Same)]")]
    [InlineData("[Input(8, 13, 32)] [Conv2D(48, 3, Padding = Padding.SameUpper), Tanh, Conv2D(32, 3, Pads = new[] { 2, 1 })]")]
    [InlineData("[Input(10, 11, 32)] [ConvTranspose2D(32, 3, Padding = Padding.Same), Tanh, ConvTranspose2D(16, 3)]")]
    public void Borders_and_cuts_go(string declaration)
    {
        var graph = Training(declaration);
        Assert.Contains(graph.Nodes, IsBox);

        var absorbed = AbsorbPads.Run(graph, AbsorbPads.IsTiled).Rewrite((result, node, operands) => result.Copy(node, operands));

        IrVerifier.Verify(absorbed);
        Assert.DoesNotContain(absorbed.Nodes, IsBox);
        AssertSame(graph, absorbed);
        AssertSame(graph, LayOut.Run(absorbed));
        Assert.All(Fuse.Run(LayOut.Run(absorbed)).OfType<ContractKernel>(), kernel => Assert.NotNull(kernel.Tiles));
    }

    /// <summary>Of sums in lines all operands are inside.</summary>
    [Theory]
    [InlineData("[Input(9, 9, 8)] [Conv2D(32, 3, Padding = Padding.Same)]")]
    [InlineData("[Input(9, 9, 16)] [Conv2D(32, 3, Stride = 2, Padding = Padding.Same)]")]
    [InlineData("[Input(9, 9, 16)] [Conv2D(32, 5, Padding = Padding.Same)]")]
    [InlineData("[Input(9, 9, 16)] [DepthwiseConv2D(3, Padding = Padding.Same)]")]
    [InlineData("[Input(9, 9, 32)] [Conv2D(64, 3, Groups = 2, Padding = Padding.Same)]")]
    public void Other_windows_keep_their_borders(string declaration)
    {
        var graph = Lower.Run(Source.Analyze(declaration), GraphPurpose.Forward);

        Assert.Contains(AbsorbPads.Run(graph, AbsorbPads.IsTiled).Nodes, IsBox);
        Assert.All(Fuse.Run(LayOut.Run(AbsorbPads.Run(graph, AbsorbPads.IsTiled))).OfType<ContractKernel>(), kernel => Assert.Null(kernel.Tiles));
    }

    [Fact]
    public void An_exact_network_has_no_tiles()
    {
        const string Declaration = "namespace N; [StaticNet.Network{0}] [StaticNet.Input(12, 12, 16)] [StaticNet.Conv2D(32, 3)] public partial class Net;";

        Assert.Contains("TilePoints", Generated(""), StringComparison.Ordinal);
        Assert.DoesNotContain("TilePoints", Generated("(Exact = true)"), StringComparison.Ordinal);

        static string Generated(string arguments) => string.Concat(Harness.GeneratorRun
            .Start(Harness.TestCompilation.Create(Declaration.Replace("{0}", arguments, StringComparison.Ordinal)), new NetworkGenerator()).Files.Select(file => file.Text));
    }

    private static bool IsBox(Node node) => node.Operation is PadOperation or SliceOperation;

    private static Graph Training(string declaration) =>
        Simplify.Run(Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Record), GradientSeed.Output, inputGradients: true));

    private static void AssertSame(Graph graph, Graph rewritten)
    {
        var elements = Draws.For(graph, batch: 2, seed: 5);
        var (before, after) = (IrInterpreter.Run(graph, 2, elements, Draws.Uniform), IrInterpreter.Run(rewritten, 2, elements, Draws.Uniform));
        foreach (var (name, _) in graph.Outputs)
        {
            Assert.Equal(before[name].Length, after[name].Length);
            Assert.All(before[name].Zip(after[name]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }
}
