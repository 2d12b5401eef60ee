using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Generators.Tests.Passes;

namespace StaticNet.Generators.Tests.Layers;

public class BatchNormTests
{
    private static readonly Dictionary<string, double[]> s_parameters = new()
    {
        ["batchnorm1.weight"] = [2, 3],
        ["batchnorm1.bias"] = [10, 20],
        ["batchnorm1.running_mean"] = [1, -1],
        ["batchnorm1.running_var"] = [3.75, 0.75],
    };

    [Fact]
    public void Inference_goes_by_the_running_statistics()
    {
        var graph = Lower.Run(Source.Analyze("[Input(2, 2)] [BatchNorm(Epsilon = 0.25)]"), GraphPurpose.Forward);

        IrVerifier.Verify(graph);
        Assert.Empty(graph.StateWrites);
        Close([10 + 0, 20 + 9, 10 + 2, 20 + 3], Run(graph, 1, [1, 2, 3, 0])["output"]);
    }

    [Fact]
    public void Training_goes_by_the_batch_and_moves_the_running_statistics()
    {
        var graph = Lower.Run(Source.Analyze("[Input(2, 2)] [BatchNorm(Epsilon = 1, Momentum = 0.25)]"), GraphPurpose.Record);
        IrVerifier.Verify(graph);

        // First channel: 1, 3, 5, 7 with mean 4 and variance 5 (20/3 unbiased); second: four times 8.
        var run = Run(graph, 2, [1, 8, 3, 8, 5, 8, 7, 8]);

        var unit = 2 / Math.Sqrt(6);
        Close([10 - (3 * unit), 20, 10 - unit, 20, 10 + unit, 20, 10 + (3 * unit), 20], run["output"]);
        Close([(0.75 * 1) + (0.25 * 4), (0.75 * -1) + (0.25 * 8)], run.State("batchnorm1.running_mean"));
        Close([(0.75 * 3.75) + (0.25 * 20 / 3), 0.75 * 0.75], run.State("batchnorm1.running_var"));
    }

    [Theory]
    [InlineData("[Input(3)] [BatchNorm]")]
    [InlineData("[Input(2, 2, 3)] [BatchNorm(Affine = false)]")]
    [InlineData("[Input(2, 3)] [Dense(4), BatchNorm, Tanh, Dense(2, UseBias = false), BatchNorm(Epsilon = 0.1)]")]
    public void Gradients_go_through_the_statistics_of_the_batch(string attributes)
    {
        var forward = Lower.Run(Source.Analyze(attributes), GraphPurpose.Record);

        Assert.Null(FiniteDifferences.Disagreement(forward, GradientSeed.Output, GradientRules.Default, batch: 5));
        Assert.Null(FiniteDifferences.Disagreement(Simplify.Run(forward), GradientSeed.Output, GradientRules.Default, batch: 5));
    }

    [Fact]
    public void Simplifying_keeps_what_writes_state()
    {
        var graph = Lower.Run(Source.Analyze("[Input(3)] [BatchNorm] [Dense(2)]"), GraphPurpose.Record);

        var simplified = Simplify.Run(Differentiate.Run(graph, GradientSeed.Output));

        IrVerifier.Verify(simplified);
        Assert.Equal(2, simplified.StateWrites.Count());
        Assert.False(simplified.Has(Differentiate.GradientOf("batchnorm1.running_mean")));
    }

    [Fact]
    public void Running_statistics_are_state_and_count_as_no_parameters()
    {
        var layer = Source.Analyze("[Input(4, 4, 6)] [BatchNorm]").Layers[0];

        Assert.Equal([4, 4, 6], layer.Shape);
        Assert.Equal(
            [("batchnorm1.weight", false, 1.0), ("batchnorm1.bias", false, 0), ("batchnorm1.running_mean", true, 0), ("batchnorm1.running_var", true, 1)],
            layer.Parameters.Select(p => (p.Name, p.IsState, p.Initializer.Value)));
        Assert.All(layer.Parameters, p => Assert.Equal([6], p.Shape));
        Assert.Equal(["running_mean", "running_var"],
            Source.Analyze("[Input(4)] [BatchNorm(Affine = false)]").Layers[0].Parameters.Select(p => p.Name.Split('.')[1]));
    }

    /// <summary>A single vector has no variance; an image has one for each channel.</summary>
    [Theory]
    [InlineData("[Input(4)] [BatchNorm]", 2)]
    [InlineData("[Input(1, 1, 4)] [BatchNorm]", 2)]
    [InlineData("[Input(2, 1, 4)] [BatchNorm]", 1)]
    public void Vectors_need_two_samples(string attributes, int least) =>
        Assert.Equal(least, Source.Analyze(attributes).Layers[0].MinimumTrainingBatch);

    [Fact]
    public void Weights_before_start_as_the_activation_behind_asks() => Assert.Equal(
        InitializerKind.HeNormal, Source.Analyze("[Input(4)] [Dense(3), BatchNorm, Relu]").Layers[0].Parameters[0].Initializer.Kind);

    [Theory]
    [InlineData("[Input(4)] [BatchNorm(Epsilon = 0)]", "SN0007 1:0 BatchNorm|Epsilon|0|a positive number")]
    [InlineData("[Input(4)] [BatchNorm(Momentum = 1.5)]", "SN0007 1:0 BatchNorm|Momentum|1.5|from 0 to 1")]
    public void Wrong_arguments_are_found(string attributes, string finding) => Assert.Equal([finding], Source.Findings(attributes));

    private static IrInterpreter Run(Graph graph, int batch, double[] input) =>
        IrInterpreter.Run(graph, batch, new Dictionary<string, double[]>(s_parameters) { ["input"] = input });

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
