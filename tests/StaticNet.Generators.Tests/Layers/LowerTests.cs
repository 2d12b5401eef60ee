using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

public class LowerTests
{
    private const string Mlp = "[Input(28, 28)] [Flatten, Dense(128), Relu] [Dense(10)] [SoftmaxCrossEntropy]";

    [Fact]
    public void Model_has_names_shapes_parameters_and_target()
    {
        var model = Source.Analyze(Mlp);

        Assert.Empty(model.Findings);
        Assert.Equal(["flatten1", "dense1", "relu1", "dense2"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"], model.Layers.SelectMany(l => l.Parameters).Select(p => p.Name));
        Assert.Equal([128, 784], model.Layers[1].Parameters[0].Shape);
        Assert.Equal([10], model.Output);
        Assert.Equal(128 * 784, model.Layers[1].MultiplyAdds);
        Assert.Equal(10, model.Target!.Classes);
    }

    [Theory]
    [InlineData(GraphPurpose.Forward, "output")]
    [InlineData(GraphPurpose.Predict, "output")]
    [InlineData(GraphPurpose.Evaluate, "output", "loss")]
    [InlineData(GraphPurpose.Train, "loss")]
    [InlineData(GraphPurpose.Record, "output")]
    public void Every_purpose_has_its_outputs(object purpose, params string[] outputs)
    {
        var graph = Lower.Run(Source.Analyze(Mlp), (GraphPurpose)purpose);

        Assert.Equal(outputs, graph.Outputs.Select(output => output.Name));
        foreach (var (name, value) in graph.Outputs)
        {
            Assert.Equal(TensorShape.Batched([name == "loss" ? 1 : 10]), value.Shape);
        }
    }
}
