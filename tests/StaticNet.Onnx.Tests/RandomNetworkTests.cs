using StaticNet.Conformance;
using StaticNet.Cpu.Tests.Compiled;
using StaticNet.Execution;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Tests;

namespace StaticNet.Onnx.Tests;

/// <summary>
/// What ONNX Runtime makes of exported random networks agrees with the interpreter in double precision, which is what the networks
/// themselves are compared with in other tests.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int Batch = 3;

    private const int Networks = 200;

    /// <summary>What random networks have seldom or never.</summary>
    private static readonly string[] s_rare =
    [
        "[Input(8, 8, 5), ZeroPad2D(2), MaxPool2D(3)]",
        "[Input(8, 8, 5), ZeroPad2D(3), MaxPool2D(2)]",
        "[Input(8, 8, 5), ZeroPad2D(2), AveragePool2D(3, CountPadding = false)]",
        "[Input(8, 8, 5), ZeroPad2D(3), AveragePool2D(3)]",
        "[Input(4), Dropout(0.5)]",
        "[Input(3, 4, 5), Reshape(60), Reshape(5, 4, 3)]",
        "[Input(3, 4, 5, Layout = Layout.CHW), Dropout(0.5), Relu]",
        "[Input(3, 4, 5, Layout = Layout.CHW), Reshape(6, 10), Conv1D(4, 3)]",
        "[Input(3, 4, 5), LayerNorm(WholeSample = true)]",
        "[Input(3, 4, 5), LayerNorm(WholeSample = true, Affine = false), Conv2D(3, 2), LayerNorm(Affine = false)]",
        "[Input(3, 4, 6), Conv2D(6, 1), GroupNorm(2, Affine = false)]",
        "[Input(12), GroupNorm(3), LocalResponseNorm(3)]",
        "[Input(7, 6), GroupNorm(2), LocalResponseNorm(4, Beta = 0.5)]",
        "[Input(5, 4, 6), Conv2D(6, 2), LocalResponseNorm(2, Alpha = 0.3), LocalResponseNorm(9, Alpha = 0.3)]",
        "[Input(2, 3, 4, 6), BatchNorm, Dense(5), LayerNorm, GroupNorm(5), Softmax]",
        "[Input(2, 3, 2, 2, 2, 3), Tanh, BatchNorm, Dense(2), MeanSquaredError]",
        "[Input(4, 5, 3), Conv2D(4, 2), Softmax, Conv2D(4, 2), LogSoftmax]",
        "[Input(5, 4, 3), Conv2D(3, 1, As = \"a\"), Add(\"a\", \"input\", \"a\", As = \"sum\"), Multiply(\"a\", \"input\"), Concat(\"input\", \"sum\", \"a\"), Concat(\"concat1\"), Add(\"concat2\")]",
        "[Input(5, 4, 6), SpatialDropout2D(0.3), SeparableConv2D(4, 3, Padding = Padding.Same, UseBias = false), Upsample2D(1)]",
        "[Input(4, 3, 6), ConvTranspose2D(4, 3, Stride = 2, Groups = 2, Padding = Padding.SameUpper), Upsample2D(4, Mode = Interpolation.Bilinear)]",
        "[Input(4, 3, 6), ConvTranspose2D(4, 3, Dilation = 2, Padding = Padding.Same, UseBias = false), Upsample2D(5)]",
        "[Input(4, 3, 2), ConvTranspose2D(3, 2, Stride = 3, Pads = [0, 1, 1, 0], OutputPadding = 2), ZeroPad2D(1, 0, 2, 3)]",
        "[Input(5, 5, 3), ConvTranspose2D(3, 1, Stride = 2, Padding = Padding.SameUpper)]",
        "[Input(8, 8, 3), Conv2D(2, 1), BinaryCrossEntropy]",
        "[Input(1, 1, 6), Conv2D(4, 1), Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(6, 5, 1), Conv2D(1, 2), Flatten, Dense(1), BinaryCrossEntropy]",
        "[Input(6, 5, 4), GlobalMaxPool2D, Elu(0.7), LeakyRelu(0.3)]",
    ];

    [Fact]
    public void Random_networks_agree_with_the_interpreter() => AssertAgree([.. Enumerable.Range(0, Networks).Select(NetworkDraw.Of)]);

    [Fact]
    public void Rare_forms_agree_with_the_interpreter() => AssertAgree(s_rare);

    private static void AssertAgree(string[] declarations)
    {
        OnnxRuntime.IsNeeded();
        var networks = new DescribedNetworks(declarations);
        for (var i = 0; i < declarations.Length; i++)
        {
            using var core = WeightsOnly.Of(networks.Models[i]);
            ParameterDraw.All(core, new(i));
            foreach (var output in Enum.GetValues<OnnxOutput>())
            {
                AssertAgrees(networks, i, core, output, declarations[i]);
            }
        }
    }

    private static void AssertAgrees(DescribedNetworks networks, int i, NetworkCore core, OnnxOutput output, string declaration)
    {
        try
        {
            var (expected, actual) = Outputs(networks, i, core, output);
            OnnxRuntime.AssertAgrees($"{output}", expected, actual);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{declaration}\n{exception.Message}", exception);
        }
    }

    private static (double[] Expected, float[] Actual) Outputs(DescribedNetworks networks, int i, NetworkCore core, OnnxOutput output)
    {
        var model = networks.Models[i];
        var samples = Samples.Inputs(core.Info, Batch);
        using var folder = new TemporaryFolder(inMemory: true);
        OnnxFile.Save(core, folder["network.onnx"], output, networks.Describe(i), "");
        var actual = OnnxRuntime.Run(
            folder["network.onnx"], [.. model.Inputs.Select(input => (input.Name, (int[])[.. input.Shape]))], samples, [.. model.Output], Batch);
        var graph = Lower.Run(model, output == OnnxOutput.Predict ? GraphPurpose.Predict : GraphPurpose.Forward);
        return (IrInterpreter.Run(graph, Batch, Bindings(model, core, samples))[Lower.Output], actual);
    }

    /// <summary>Parameters and inputs by their names.</summary>
    private static Dictionary<string, double[]> Bindings(NetworkModel model, NetworkCore core, float[] samples)
    {
        var bindings = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (index, parameter) in model.Layers.SelectMany(layer => layer.Parameters).Index())
        {
            var values = new float[parameter.Size];
            core.Parameter(index).CopyTo(values);
            bindings.Add(parameter.Name, GraphOrder.Of(parameter, Array.ConvertAll(values, value => (double)value)));
        }

        var start = 0;
        foreach (var (index, size) in core.Info.InputSizes.Index())
        {
            var end = start + (Batch * size);
            bindings.Add(model.Inputs[index].Name, Array.ConvertAll(samples[start..end], value => (double)value));
            start = end;
        }

        return bindings;
    }
}
