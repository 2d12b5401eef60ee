using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Generators.Tests.Passes;

namespace StaticNet.Generators.Tests.Layers;

public class NormalizationTests
{
    /// <summary>√(variance + ε) of 1, 3, 5, 7 is 3 when ε is 4.</summary>
    [Theory]
    [InlineData("[Input(4)] [LayerNorm(Epsilon = 4, Affine = false)]", -1.0, -1.0 / 3, 1.0 / 3, 1.0)]
    [InlineData("[Input(2, 2)] [LayerNorm(Epsilon = 4, Affine = false, WholeSample = true)]", -1.0, -1.0 / 3, 1.0 / 3, 1.0)]
    [InlineData("[Input(2, 2)] [LayerNorm(Epsilon = 3, Affine = false)]", -0.5, 0.5, -0.5, 0.5)]
    [InlineData("[Input(2, 2)] [GroupNorm(1, Epsilon = 4, Affine = false)]", -1.0, -1.0 / 3, 1.0 / 3, 1.0)]
    [InlineData("[Input(2, 1, 2)] [GroupNorm(2, Epsilon = 5, Affine = false)]", -2.0 / 3, -2.0 / 3, 2.0 / 3, 2.0 / 3)]
    [InlineData("[Input(4)] [GroupNorm(2, Epsilon = 3, Affine = false)]", -0.5, 0.5, -0.5, 0.5)]
    [InlineData("[Input(4)] [LocalResponseNorm(2, Alpha = 2, Beta = 1, K = 2)]", 1.0 / 3, 3.0 / 12, 5.0 / 36, 7.0 / 76)]
    [InlineData("[Input(2, 2)] [LocalResponseNorm(3, Alpha = 3, Beta = 0.5, K = 6)]", 0.25, 0.75, 5 / 8.94427190999916, 7 / 8.94427190999916)]
    [InlineData("[Input(4, 1)] [LocalResponseNorm(1, Alpha = 1, Beta = 1)]", 0.5, 0.3, 5.0 / 26, 0.14)]
    public void Layers_normalise(string attributes, params double[] expected)
    {
        foreach (var purpose in new[] { GraphPurpose.Forward, GraphPurpose.Record })
        {
            var graph = Lower.Run(Source.Analyze(attributes), purpose);
            IrVerifier.Verify(graph);
            var output = IrInterpreter.Run(graph, 1, new Dictionary<string, double[]> { ["input"] = [1, 3, 5, 7] })["output"];
            Assert.All(expected.Zip(output), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Theory]
    [InlineData("[Input(2, 5)] [LayerNorm]")]
    [InlineData("[Input(2, 3)] [LayerNorm(WholeSample = true)]")]
    [InlineData("[Input(2, 2, 6)] [GroupNorm(3)]")]
    [InlineData("[Input(4)] [GroupNorm(4), GroupNorm(1)]")]
    [InlineData("[Input(2, 5)] [LocalResponseNorm(4, Alpha = 2)]")]
    [InlineData("[Input(5)] [LocalResponseNorm(3, Alpha = 3, Beta = 0.6, K = 2), Dense(1), LocalResponseNorm(2, Beta = 1)]")]
    public void Gradients_agree_with_differences(string attributes)
    {
        var forward = Lower.Run(Source.Analyze(attributes), GraphPurpose.Record);

        Assert.Null(FiniteDifferences.Disagreement(forward, GradientSeed.Output, GradientRules.Default));
        Assert.Null(FiniteDifferences.Disagreement(Simplify.Run(forward), GradientSeed.Output, GradientRules.Default));
    }

    [Theory]
    [InlineData("[Input(3, 4, 6)] [LayerNorm]", "6")]
    [InlineData("[Input(3, 4, 6)] [LayerNorm(WholeSample = true)]", "6×3×4")]
    [InlineData("[Input(3, 4, 6)] [GroupNorm(3)]", "6")]
    public void Scale_and_shift_have_the_shape_that_is_normalised_in_PyTorchs_order(string attributes, string shape)
    {
        var layer = Source.Analyze(attributes).Layers[0];

        Assert.Equal("3×4×6", layer.Shape.ToText());
        Assert.Equal(["weight", "bias"], layer.Parameters.Select(p => p.Name.Split('.')[1]));
        Assert.Equal([1, 0], layer.Parameters.Select(p => p.Initializer.Value));
        Assert.All(layer.Parameters, p => Assert.Equal(shape, p.Shape.ToText()));
    }

    [Theory]
    [InlineData("[Input(4, 6)] [GroupNorm(4)]", "SN0003 1:0 GroupNorm(4)|a multiple of 4 channels|Input(4, 6)|4×6")]
    [InlineData("[Input(6)] [GroupNorm(0)]", "SN0007 1:0 GroupNorm|groups|0|at least 1")]
    [InlineData("[Input(6)] [LayerNorm(Epsilon = -1)]", "SN0007 1:0 LayerNorm|Epsilon|-1|a positive number")]
    [InlineData("[Input(6)] [LocalResponseNorm(0)]", "SN0007 1:0 LocalResponseNorm|size|0|at least 1")]
    [InlineData("[Input(6)] [LocalResponseNorm(5, K = 0)]", "SN0007 1:1 LocalResponseNorm|K|0|a positive number")]
    [InlineData("[Input(6)] [LocalResponseNorm(5, Alpha = -1)]", "SN0007 1:1 LocalResponseNorm|Alpha|-1|a finite number of at least 0")]
    [InlineData("[Input(6)] [LocalResponseNorm(5, Beta = -1)]", "SN0007 1:1 LocalResponseNorm|Beta|-1|a finite number of at least 0")]
    public void Mistakes_are_found(string attributes, string finding) => Assert.Equal([finding], Source.Findings(attributes));
}
