using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

public class LowerTests
{
    private const string Mlp = "[Input(28, 28)] [Flatten, Dense(128), Relu] [Dense(10)] [SoftmaxCrossEntropy]";

    [Theory]
    [InlineData(GraphPurpose.Forward, "output")]
    [InlineData(GraphPurpose.Predict, "output")]
    [InlineData(GraphPurpose.Evaluate, "output", "loss")]
    [InlineData(GraphPurpose.Train, "loss")]
    [InlineData(GraphPurpose.Record, "output")]
    public void Every_purpose_has_its_outputs(object purpose, params string[] outputs)
    {
        var graph = Lower.Run(Source.Analyze(Mlp), (GraphPurpose)purpose);

        IrVerifier.Verify(graph);
        Assert.Equal(outputs, graph.Outputs.Select(output => output.Name));
        foreach (var (name, value) in graph.Outputs)
        {
            Assert.Equal(TensorShape.Batched([name == "loss" ? 1 : 10]), value.Shape);
        }
    }

    [Fact]
    public void Nodes_know_the_layers_they_come_from()
    {
        var graph = Lower.Run(Source.Analyze(Mlp), GraphPurpose.Train);

        Assert.Equal(
            ["input", "flatten1", "dense1", "relu1", "dense2", "SoftmaxCrossEntropy"],
            graph.Nodes.Select(node => node.Origin).Distinct());
        Assert.Equal(
            ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"],
            graph.Parameters.Select(node => ((ParameterOperation)node.Operation).Parameter.Name));
        Assert.Equal(
            [
                (new InputOperation(InputRole.Data, 0, "input"), ElementType.Float32),
                (new InputOperation(InputRole.Target, 0, "target"), ElementType.Int32),
                (new InputOperation(InputRole.SampleWeight, 0, "sampleWeight"), ElementType.Float32),
            ],
            graph.Inputs.Select(node => ((InputOperation)node.Operation, node.Type)));
    }

    [Theory]
    [InlineData("[Input(4)] [Dense(0)]", GraphPurpose.Forward)]
    [InlineData("[Input(4)] [Dense(2)]", GraphPurpose.Train)]
    [InlineData("[Input(4)] [Dense(2)]", GraphPurpose.Evaluate)]
    public void What_has_errors_or_no_loss_is_not_lowered(string attributes, object purpose) =>
        Assert.Throws<ArgumentException>(() => Lower.Run(Source.Analyze(attributes), (GraphPurpose)purpose));

    [Theory]
    [InlineData("[SoftmaxCrossEntropy]", 0.25, 0.75)]
    [InlineData("[BinaryCrossEntropy]", 0.5, 0.75)]
    [InlineData("[MeanSquaredError]", 0, 1.0986122886681098)]
    public void Predict_gives_probabilities_and_forward_what_is_declared(string loss, double first, double second)
    {
        double[] logits = [0, Math.Log(3)];
        var model = Source.Analyze("[Input(2)] [Flatten]" + loss);

        Close(logits, Run(model, GraphPurpose.Forward, logits)["output"]);
        Close([first, second], Run(model, GraphPurpose.Predict, logits)["output"]);
        Close([first, second], Run(model, GraphPurpose.Evaluate, logits, [0, 0])["output"]);
    }

    [Fact]
    public void The_loss_of_a_sample_is_weighed()
    {
        var model = Source.Analyze("[Input(2)] [Flatten] [MeanSquaredError]");
        Dictionary<string, double[]> bindings = new() { ["input"] = [1, 2, 3, 4], ["target"] = [0, 0, 0, 0], ["sampleWeight"] = [0.25, 2] };

        Close([0.625, 25], IrInterpreter.Run(Lower.Run(model, GraphPurpose.Train), 2, bindings)["loss"]);
    }

    [Theory]
    [InlineData("MeanSquaredError", 7.5)]
    [InlineData("MeanSquaredError(Half = true)", 3.75)]
    [InlineData("MeanAbsoluteError", 2.5)]
    [InlineData("Huber(2)", 3.125)]
    public void Losses_over_several_axes_are_means_over_all_elements(string loss, double expected)
    {
        var model = Source.Analyze($"[Input(2, 2)] [Relu] [{loss}]");

        Assert.Equal([2, 2], model.Target!.Shape);
        Close([expected], Run(model, GraphPurpose.Evaluate, [1, 2, 3, 4], [0, 0, 0, 0])["loss"]);
    }

    [Fact]
    public void Dropout_is_active_in_training_alone()
    {
        var model = Source.Analyze("[Input(4)] [Dropout(0.5)] [Flatten, Dropout(0.75)] [MeanSquaredError]");
        double[] x = [1, 2, 3, 4];

        foreach (var purpose in new[] { GraphPurpose.Forward, GraphPurpose.Predict, GraphPurpose.Evaluate })
        {
            Close(x, Run(model, purpose, x, x)["output"]);
        }

        // Uniform numbers 0, ¼, ½, ¾ by position: the first layer drops below ½, the second below ¾.
        var graph = Lower.Run(model, GraphPurpose.Record);
        var recorded = IrInterpreter.Run(graph, 1, new Dictionary<string, double[]> { ["input"] = x }, (_, _, column) => column / 4.0);
        Close([0, 0, 0, 4 * 2 * 4], recorded["output"]);
        Assert.Equal(2, graph.Nodes.Select(node => node.Operation).OfType<RandomOperation>().Distinct().Count());
    }

    [Fact]
    public void Dropout_of_nothing_is_nothing() =>
        Assert.DoesNotContain(Lower.Run(Source.Analyze("[Input(4)] [Dropout(0)]"), GraphPurpose.Record).Nodes, node => node.Operation is RandomOperation);

    [Fact]
    public void Dense_works_on_the_last_axis()
    {
        var model = Source.Analyze("[Input(2, 3)] [Dense(2)]");
        Dictionary<string, double[]> bindings = new()
        {
            ["input"] = [1, 2, 3, 4, 5, 6],
            ["dense1.weight"] = [1, 0, 0, 1, 1, 1],
            ["dense1.bias"] = [10, 20],
        };

        Close([11, 26, 14, 35], IrInterpreter.Run(Lower.Run(model, GraphPurpose.Forward), 1, bindings)["output"]);
    }

    [Theory]
    [InlineData("""[Add("x", "x", "x")]""", 3.0, 6.0, 9.0, 12.0)]
    [InlineData("""[Multiply("x", "x", "x")]""", 1.0, 8.0, 27.0, 64.0)]
    [InlineData("""[Add("x")]""", 2.0, 4.0, 6.0, 8.0)]
    [InlineData("""[Concat("x", "x", "x")]""", 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 3.0, 4.0)]
    [InlineData("""[Softplus, Concat("x", From = "x")]""", 1.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0, 4.0)]
    public void Layers_join_all_values_they_name(string layers, params double[] output) =>
        Close(output, Run(Source.Analyze("""[Input(2, 2, As = "x")]""" + layers), GraphPurpose.Forward, [1, 2, 3, 4])["output"]);

    [Theory]
    [InlineData("LeakyRelu(0.25)", -0.5)]
    [InlineData("LeakyRelu", -0.02)]
    [InlineData("Elu(0.5)", -0.43233235838169365)]
    [InlineData("Elu", -0.8646647167633873)]
    public void Arguments_of_activations_count(string layer, double atMinusTwo) =>
        Close([atMinusTwo, 2], Run(Source.Analyze($"[Input(2)] [{layer}]"), GraphPurpose.Forward, [-2, 2])["output"]);

    /// <summary>NaN goes through every activation; infinities go where the limit is, unless PyTorch says NaN.</summary>
    [Theory]
    [InlineData("Relu", 0, double.PositiveInfinity)]
    [InlineData("LeakyRelu", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Elu", -1, double.PositiveInfinity)]
    [InlineData("Selu", -1.7580993408473766, double.PositiveInfinity)]
    [InlineData("Gelu", double.NaN, double.PositiveInfinity)]
    [InlineData("Silu", double.NaN, double.PositiveInfinity)]
    [InlineData("Softplus", 0, double.PositiveInfinity)]
    [InlineData("Sigmoid", 0, 1)]
    [InlineData("HardSigmoid", 0, 1)]
    [InlineData("HardSwish", 0, double.PositiveInfinity)]
    [InlineData("Tanh", -1, 1)]
    public void Activations_pass_NaN_and_infinities(string layer, double atMinusInfinity, double atInfinity) => Close(
        [double.NaN, atMinusInfinity, atInfinity],
        Run(Source.Analyze($"[Input(3)] [{layer}]"), GraphPurpose.Forward, [double.NaN, double.NegativeInfinity, double.PositiveInfinity])["output"]);

    private static IrInterpreter Run(NetworkModel model, GraphPurpose purpose, double[] input, double[]? target = null)
    {
        Assert.False(model.HasErrors);
        Dictionary<string, double[]> bindings = new() { [model.Inputs[0].Name] = input, ["target"] = target ?? [], ["sampleWeight"] = [1] };
        if (model.Target is { Kind: TargetKind.ClassIndex })
        {
            bindings["target"] = [0];
        }

        var graph = Lower.Run(model, purpose);
        IrVerifier.Verify(graph);
        return IrInterpreter.Run(graph, 1, bindings);
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
