using StaticNet.Execution;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Tests.Parsing;

/// <summary>Which parameters PyTorch counts in another order, because its images are channels first.</summary>
public class FeatureOrderTests
{
    /// <summary>Channels×places of each part; of the outputs before a colon.</summary>
    [Theory]
    [InlineData("[Input(5, 4, 3)] [Flatten, Dense(7)]", "dense1.weight 3×20")]
    [InlineData("[Input(3, 5, 4, Layout = Layout.CHW)] [Flatten, Dense(7)]", "dense1.weight 3×20")]
    [InlineData("[Input(6, 5, 1)] [Conv2D(8, 3), Relu, Flatten, Dropout(0.5), Dense(7), Relu, Dense(2)]", "dense1.weight 8×12")]
    [InlineData("[Input(6, 5, 1)] [Reshape(30), Dense(7)]", "")]
    [InlineData("[Input(4, 4, 8)] [GlobalAveragePool2D, Dense(7)]", "")]
    [InlineData("[Input(4, 4, 8)] [AveragePool2D(4), Flatten, Dense(7)]", "")]
    [InlineData("[Input(9, 3)] [Conv1D(8, 3), Relu, Flatten, Dense(7)]", "dense1.weight 8×7")]
    [InlineData("[Input(9, 3)] [MaxPool1D(3), Flatten, Dense(7)]", "dense1.weight 3×3")]
    [InlineData("[Input(9, 3)] [Dense(4), Flatten, Dense(7)]", "")]
    [InlineData("[Input(9, 3)] [Flatten, Dense(7)]", "")]
    [InlineData("[Input(9, 3)] [Conv1D(8, 3), Dense(5), Flatten, Dense(7)]", "")]
    [InlineData(
        "[Input(4, 3, 2)] [Flatten, BatchNorm, Dense(7)]",
        "batchnorm1.weight 2×12, batchnorm1.bias 2×12, batchnorm1.running_mean 2×12, batchnorm1.running_var 2×12, dense1.weight 2×12")]
    [InlineData("[Input(5)] [Dense(24), Relu, Reshape(4, 3, 2), Conv2D(1, 3)]", "dense1.weight 2×12:, dense1.bias 2×12")]
    [InlineData("[Input(4, 3, 2)] [Flatten, Dense(24), Reshape(4, 3, 2), Conv2D(1, 3)]", "dense1.weight 2×12:2×12, dense1.bias 2×12")]
    [InlineData("""[Input(4, 3, 2)] [Flatten(As = "x"), Dense(24, UseBias = false), Add("x"), Dense(7)]""", "dense1.weight 2×12:2×12, dense2.weight 2×12")]
    [InlineData(
        """[Input(4, 3, 2, As = "image"), Input(5, As = "more")] [Flatten(From = "image"), Concat("more"), Relu, Dense(7), Dense(1)]""",
        "dense1.weight 2×12+5×1")]
    [InlineData("""[Input(9, 3, As = "a"), Input(9, 3, As = "b")] [Concat("a", "b"), Conv1D(4, 3), Flatten, Dense(7)]""", "dense1.weight 4×7")]
    [InlineData("""[Input(9, 3, As = "a"), Input(9, 3, As = "b")] [MaxPool1D(1, From = "a"), Concat("b"), Flatten, Dense(7)]""", "dense1.weight 6×9")]
    [InlineData(
        """[Input(4, 3, 2), Flatten(As = "x")] [Reshape(12, 2, As = "y"), Concat("y"), Flatten(As = "z")] [Concat("x", "z"), Dense(1)]""",
        "dense1.weight 2×12+4×12")]
    [InlineData("[Input(4, 3, 2)] [LayerNorm(WholeSample = true), LayerNorm, Conv2D(1, 3)]", "layernorm1.weight 2×12, layernorm1.bias 2×12")]
    [InlineData("[Input(4, 3, 2)] [Flatten, Reshape(4, 3, 2), Conv2D(1, 3), BatchNorm]", "")]
    public void Features_of_images_are_found(string attributes, string orders)
    {
        var model = Source.Analyze(attributes);

        Assert.False(model.HasErrors);
        var found = model.Layers.SelectMany(layer => layer.Parameters)
            .Where(parameter => parameter.Features.Count + parameter.OutputFeatures.Count > 0)
            .Select(parameter => $"{parameter.Name} {(parameter.OutputFeatures.Count > 0 ? $"{Text(parameter.OutputFeatures)}:" : "")}{Text(parameter.Features)}");
        Assert.Equal(orders, string.Join(", ", found));
    }

    /// <summary>The library's order is the one that the tests of the compiler go by.</summary>
    [Fact]
    public void Library_has_the_same_order()
    {
        var parameter = new ParameterSpec("dense1.weight", [6, 29], ParameterRole.Weight, new(Generators.IR.InitializerKind.Zeros, 1, 1))
        {
            Features = [new(2, 12), new(5, 1)],
            OutputFeatures = [new(3, 2)],
        };
        var layout = ParameterLayout.Matrix(new FeatureOrder((3, 2)), new FeatureOrder((2, 12), (5, 1)));
        var plain = ParameterLayout.Matrix(6, 29);

        var inGraph = Cpu.Tests.Compiled.GraphOrder.Of(parameter, [.. Enumerable.Range(0, 6 * 29)]);

        for (var i = 0; i < inGraph.Length; i++)
            Assert.Equal(plain.Index(i / 29, i % 29), layout.Index(inGraph[i] / 29, inGraph[i] % 29));
    }

    private static string Text(EquatableArray<FeaturePart> parts) => string.Join("+", parts.Select(part => $"{part.Channels}×{part.Places}"));
}
