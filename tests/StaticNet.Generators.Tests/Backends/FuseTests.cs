using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Backends;

/// <summary>How graphs are cut into kernels, and where values are kept.</summary>
public class FuseTests
{
    private const string Classifier = "[Input(20), Dense(40), Relu, Dense(10), SoftmaxCrossEntropy]";

    [Fact]
    public void Bias_and_activation_are_part_of_the_product()
    {
        var kernels = Fuse.Run(Graph(Classifier, GraphPurpose.Forward));

        Assert.Equal(2, kernels.Count);
        var product = Assert.IsType<ContractKernel>(kernels[0]);
        Assert.IsType<MapOperation>(Assert.Single(product.Epilogue.Nodes).Operation);
        Assert.Same(Assert.Single(product.Epilogue.Nodes), Assert.Single(product.Writes));
    }

    [Fact]
    public void Softmax_its_loss_and_their_gradient_are_one_pass_over_a_row()
    {
        var kernels = Fuse.Run(Training(Classifier));

        Assert.Single(kernels.OfType<RowKernel>());
    }

    [Fact]
    public void The_derivative_of_an_activation_is_part_of_the_product_whose_gradient_it_scales()
    {
        var backward = Fuse.Run(Training(Classifier)).OfType<ContractKernel>().Single(k => k.Contract.TurnsColumns);

        Assert.Contains(backward.Epilogue.Nodes, n => n.Operation is MapOperation { Body: Select });
    }

    [Fact]
    public void A_gradient_comes_after_every_kernel_that_reads_its_parameter()
    {
        var graph = Training("[Input(20), Dense(40), Tanh, Dense(30), Tanh, Dense(10), MeanSquaredError]");
        var kernels = Fuse.Run(graph).ToList();

        foreach (var parameter in graph.Parameters)
        {
            var gradient = Fuse.Storage(graph[Differentiate.GradientOf(((ParameterOperation)parameter.Operation).Parameter.Name)]);
            var made = kernels.FindIndex(k => k.Nodes.Contains(gradient));
            Assert.All(kernels.Skip(made + 1), kernel => Assert.DoesNotContain(parameter, kernel.Reads));
        }
    }

    /// <summary>Scale and shift of the channels come from parameters alone, before everything else: to values they are one map.</summary>
    [Theory]
    [InlineData("[Input(20), Dense(40), BatchNorm, Relu]")]
    [InlineData("[Input(6, 5, 3), Conv2D(8, 3), BatchNorm, Relu]")]
    public void In_inference_batch_normalisation_is_part_of_the_product(string declaration)
    {
        var kernels = Fuse.Run(Graph(declaration, GraphPurpose.Forward));

        Assert.Equal(2, kernels.Count);
        Assert.True(Assert.IsType<RowKernel>(kernels[0]).Program.IsShared);
        var map = (MapOperation)Assert.Single(Assert.IsType<ContractKernel>(kernels[1]).Epilogue.Nodes).Operation;
        Assert.DoesNotContain("sqrt", GraphText.Of(map), StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_normalisation_passes_over_its_values_twice_for_statistics_and_once_for_their_gradient()
    {
        var kernels = Fuse.Run(Training("[Input(6, 5, 3), Conv2D(8, 3, UseBias = false), BatchNorm, Relu, Flatten, Dense(2), MeanSquaredError]"));

        Assert.Equal([1, 1, 2], kernels.OfType<ColumnSumKernel>().Where(k => k.Program.Columns == 8).Select(k => k.Sums.Count));
    }

    /// <summary>Lines and places behind the last window are left out; windows along a line alone take every line for itself.</summary>
    [Theory]
    [InlineData("[Input(8, 9, 3), Conv2D(5, 3), Relu, MaxPool2D(2), Tanh]", 2)]
    [InlineData("[Input(27, 27, 32), Conv2D(64, 3), BatchNorm, Relu, MaxPool2D(2)]", 2)]
    [InlineData("[Input(14, 14, 32), Conv2D(32, 3), AveragePool2D(4)]", 4)]
    [InlineData("[Input(9, 9, 3), Conv2D(8, 3), Relu, AveragePool2D(3)]", 3)]
    [InlineData("[Input(4, 14, 3), Conv2D(8, 2), MaxPool2D(3, 13)]", 3)]
    [InlineData("[Input(6, 6, 3), ConvTranspose2D(8, 2, Stride = 2), Relu, MaxPool2D(2)]", 2)]
    [InlineData("[Input(15, 5), Conv1D(17, 3), Relu, MaxPool1D(2)]", 1)]
    [InlineData("[Input(8, 10, 3), Conv2D(8, 3), Relu, MaxPool2D(1, 2)]", 1)]
    public void Windows_that_share_no_cell_are_part_of_the_convolution_before_them(string declaration, int lines)
    {
        var graph = Graph(declaration, GraphPurpose.Forward);
        var kernels = Fuse.Run(graph).ToList();

        Assert.Empty(kernels.OfType<PoolKernel>());
        var convolution = Assert.Single(kernels.OfType<ContractKernel>());
        Assert.Equal(lines, convolution.Pooled!.Lines);
        Assert.Same(Fuse.Storage(graph["output"]), Assert.Single(convolution.Writes));
        Assert.Equal(PlacementKind.Scratch, PlanMemory.Run(graph, kernels).Sums(convolution.Contract.Result).Kind);
    }

    [Theory]
    [InlineData("share cells", "[Input(9, 9, 3), Conv2D(5, 3), Relu, MaxPool2D(3, Stride = 2)]")]
    [InlineData("are over short lines", "[Input(8, 8, 3), Conv2D(5, 3), Relu, MaxPool2D(2)]")]
    [InlineData("leave cells out", "[Input(8, 10, 3), Conv2D(5, 3), Relu, MaxPool2D(1, Stride = 2)]")]
    [InlineData("reach out", "[Input(9, 9, 3), Conv2D(5, 3), Relu, MaxPool2D(2, Padding = Padding.SameUpper)]")]
    [InlineData("divide no tile", "[Input(13, 13, 32), Conv2D(64, 3), Relu, MaxPool2D(3)]")]
    [InlineData("have many lines", "[Input(12, 12, 3), Conv2D(5, 3), Relu, MaxPool2D(5)]")]
    [InlineData("follow windows of single channels", "[Input(8, 10, 5), DepthwiseConv2D(3), Relu, MaxPool2D(2)]")]
    [InlineData("follow no windows", "[Input(8, 8, 3), Dense(5), Relu, MaxPool2D(2)]")]
    [InlineData("have rows of one number", "[Input(8, 10, 3), Conv2D(1, 3), Relu, MaxPool2D(2)]")]
    [InlineData("are not alone with the activation", """[Input(8, 10, 3), Conv2D(5, 3), Relu(As = "a"), MaxPool2D(2), Flatten(As = "b")] [Flatten(From = "a"), Concat("b")]""")]
    [InlineData("are not alone with the convolution", """[Input(8, 10, 3), Conv2D(5, 3, As = "a"), Relu, MaxPool2D(2), Flatten(As = "b")] [Flatten(From = "a"), Concat("b")]""")]
    [InlineData("are over a sum of images", """[Input(8, 8, 5, As = "x")] [Conv2D(5, 3, Padding = Padding.Same), Add("x"), Relu, MaxPool2D(2)]""")]
    public void Windows_have_a_kernel_where_they(string what, string declaration)
    {
        var kernels = Fuse.Run(Graph(declaration, GraphPurpose.Forward));

        Assert.True(kernels.OfType<PoolKernel>().Count() == 1, what);
        Assert.All(kernels.OfType<ContractKernel>(), kernel => Assert.Null(kernel.Pooled));
    }

    [Fact]
    public void Gradients_need_what_was_pooled()
    {
        const string declaration = "[Input(8, 9, 3), Conv2D(5, 3), Relu, MaxPool2D(2), Flatten, Dense(2), MeanSquaredError]";

        Assert.Equal(2, Fuse.Run(Training(declaration)).OfType<PoolKernel>().Count());
        Assert.Empty(Fuse.Run(Graph(declaration, GraphPurpose.Forward)).OfType<PoolKernel>());
        Assert.Single(Fuse.Run(Graph(declaration, GraphPurpose.Forward), pool: false).OfType<PoolKernel>());
    }

    [Fact]
    public void Switched_off_every_node_has_a_kernel_of_its_own()
    {
        var kernels = Fuse.Run(Training(Classifier), enabled: false);

        Assert.All(kernels, kernel => Assert.Single(kernel.Nodes));
    }

    [Theory]
    [InlineData(Classifier)]
    [InlineData("[Input(17), Dense(33), Gelu, Dense(9), Elu, Dense(65), Silu, Dense(1), Huber]")]
    [InlineData("""[Input(8), Dense(8, As = "skip"), Relu, Dense(8), Add("skip"), Concat("skip"), Dense(2), SoftmaxCrossEntropy]""")]
    public void Values_that_live_at_once_share_no_memory(string declaration)
    {
        var graph = Training(declaration);
        var kernels = Fuse.Run(graph).ToList();
        var plan = PlanMemory.Run(graph, kernels);
        var places = kernels.SelectMany(k => k.Writes).Distinct()
            .Select(node => (Node: node, Place: plan.Targets(node)[0]))
            .Where(p => p.Place.Kind == PlacementKind.Arena)
            .Select(p => (p.Place.Offset, End: p.Place.Offset + (p.Place.Stride * (p.Node.Shape.ConstantSize / p.Node.Shape.Last.Size)), First: First(p.Node), Last: Last(p.Node)))
            .ToList();

        Assert.NotEmpty(places);
        foreach (var (a, b) in places.SelectMany((a, i) => places.Skip(i + 1).Select(b => (a, b))))
        {
            var together = a.First <= b.Last && b.First <= a.Last;
            Assert.False(together && a.Offset < b.End && b.Offset < a.End, $"{a} and {b} overlap in time and place.");
        }

        Assert.All(places, p => Assert.True(p.End <= plan.SampleFloats));
        Assert.True(plan.SampleFloats <= PlanMemory.Run(graph, kernels, reuse: false).SampleFloats);

        int First(Node node) => kernels.FindIndex(k => k.Writes.Contains(node));

        int Last(Node node) => Math.Max(First(node), kernels.FindLastIndex(k => k.Reads.Any(r => Fuse.Storage(r) == node)));
    }

    [Fact]
    public void A_contraction_over_windows_is_refused_by_name()
    {
        var builder = new GraphBuilder();
        var x = builder.Input(InputRole.Data, 0, "x", new TensorShape([Extent.Batch, 8]));
        var w = builder.Parameter(new ParameterSpec("w", [3], ParameterRole.Vector, new InitializerSpec(InitializerKind.Zeros, 1, 1)));
        var window = new AffineMap([AffineIndex.Of(0, 3), new AffineIndex([0, 1, 1], 0)]);
        var y = builder.Contract(x, window, w, AffineMap.Project(3, 2), [Extent.Batch, 6, 3], AffineMap.Project(3, 0, 1));

        var refusal = Assert.Throws<NotSupportedException>(() => MatrixContract.Of(y));

        Assert.Contains("windows", refusal.Message, StringComparison.Ordinal);
    }

    private static Graph Graph(string declaration, GraphPurpose purpose) => LayOut.Run(Simplify.Run(Lower.Run(Source.Analyze(declaration), purpose)));

    private static Graph Training(string declaration) =>
        LayOut.Run(Simplify.Run(Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Train), GradientSeed.Loss)));
}
