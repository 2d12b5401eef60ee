using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>Contractions in less than float32, forward and backward, compared with the interpreter that rounds as they do.</summary>
public class TensorCoreTests
{
    /// <summary>How far sums of equal products may be off.</summary>
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("[Input(64), Dense(128), Relu, Dense(32), MeanSquaredError]", 64)]
    [InlineData("[Input(64), Dense(128), Relu, Dense(32), MeanSquaredError]", 1)]
    [InlineData("[Input(33), Dense(50), Gelu, Dense(17), MeanSquaredError]", 33)]
    [InlineData("[Input(1030), Dense(38), Relu, Dense(17), MeanSquaredError]", 3)]
    [InlineData("[Input(7, 6, 16), Conv2D(32, 3), Relu, Flatten, Dense(16), MeanSquaredError]", 3)]
    [InlineData("[Input(9, 8, 16), Conv2D(32, 3, Stride = 2), Relu, Conv2D(20, 1), Flatten, Dense(3), MeanSquaredError]", 5)]
    [InlineData("[Input(6, 6, 32), Conv2D(64, 3, Padding = Padding.Same, Groups = 2), Flatten, Dense(3), MeanSquaredError]", 2)]
    [InlineData("[Input(5, 5, 16), ConvTranspose2D(16, 3, Stride = 2), Flatten, Dense(3), MeanSquaredError]", 2)]
    public void Training_agrees_with_the_interpreter(string declaration, int batch)
    {
        var graph = Rematerialize.Run(Simplify.Run(Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Train), GradientSeed.Loss)));
        AssertAgrees(graph, batch);
    }

    [Theory]
    [InlineData("[Input(33), Dense(64), Relu, Dense(18)]")]
    [InlineData("[Input(8, 8, 16), Conv2D(32, 3, Stride = 2), Relu, Flatten, Dense(18)]")]
    public void Gradients_of_inputs_agree_with_the_interpreter(string declaration)
    {
        var graph = Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Record), GradientSeed.Output, inputGradients: true);
        AssertAgrees(Rematerialize.Run(Simplify.Run(graph)), 33);
    }

    [Theory]
    [InlineData("[Network]", ProductPrecision.Float32)]
    [InlineData("[Network(Exact = true, Precision = Precision.Float32)]", ProductPrecision.Float32)]
    [InlineData("[Network(Precision = Precision.TensorFloat32)]", ProductPrecision.TensorFloat32)]
    [InlineData("[Network(Precision = Precision.BFloat16)]", ProductPrecision.BFloat16)]
    internal void Precision_is_as_declared(string network, ProductPrecision precision) =>
        Assert.Equal(precision, Source.Parse($"{network} [Input(4), Dense(2)] public partial class Net;").Precision);

    [Theory]
    [InlineData(16, 16, true)]
    [InlineData(15, 16, false)]
    [InlineData(16, 15, false)]
    public void Products_too_small_for_tensor_cores_are_not_rounded(int inputs, int outputs, bool isRounded)
    {
        var graph = Simplify.Run(Lower.Run(Source.Analyze($"[Input({inputs}), Dense({outputs})]"), GraphPurpose.Forward));
        var kernel = Assert.Single(DeviceRun.Check(graph, 20, Tolerance, options: new(ProductPrecision.BFloat16))).Kernel;
        Assert.Equal(isRounded, kernel.Name.StartsWith("product_bf16_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ProductPrecision.TensorFloat32)]
    [InlineData(ProductPrecision.BFloat16)]
    internal void What_is_no_number_stays_in_its_row(ProductPrecision precision)
    {
        var graph = Simplify.Run(Lower.Run(Source.Analyze("[Input(16), Dense(16)]"), GraphPurpose.Forward));
        var bindings = Draws.For(graph, 20, seed: 1);
        var x = bindings[((InputOperation)graph.Nodes.Single(node => node.Operation is InputOperation).Operation).Name];
        (x[3], x[20], x[37]) = (double.NaN, double.PositiveInfinity, float.MaxValue);
        DeviceRun.Check(graph, 20, Tolerance, bindings, options: new(precision));
    }

    private static void AssertAgrees(Graph graph, int batch)
    {
        foreach (var precision in new[] { ProductPrecision.TensorFloat32, ProductPrecision.BFloat16 })
        {
            var ran = DeviceRun.Check(graph, batch, Tolerance, options: new(precision));
            Assert.Contains(ran, launch => launch.Kernel.Text("k").Contains("mma.sync", StringComparison.Ordinal));
        }
    }
}
