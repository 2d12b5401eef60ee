using StaticNet.Conformance;
using StaticNet.Execution;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Frozen networks give what the networks give that they were made of, by the interpreter and by their own word.</summary>
public class FrozenTests
{
    private const string Perceptron = "[Input(784)] [Dense(128), Relu] [Dense(10)] [SoftmaxCrossEntropy]";
    private const string Cnn = "[Input(14, 14, 1)] [Conv2D(32, 3), BatchNorm, Relu, MaxPool2D(2)] [Conv2D(64, 3, UseBias = false), BatchNorm, Relu] [Flatten, Dense(72), Relu, Dropout(0.5)] [Dense(10)] [SoftmaxCrossEntropy]";
    private const string Xor = "[Input(2)] [Dense(8), Tanh] [Dense(1)] [BinaryCrossEntropy]";

    /// <summary>Networks, and the share of their matrices' weights that are zero, in percent: none are left out, or most, or all.</summary>
    private static readonly (string Layers, int Zeros)[] s_networks =
    [
        (Perceptron, 90),
        (Cnn, 0),
        (Cnn, 90),
        (Xor, 0),
        (Xor, 100),
        ("[Input(9)] [Dense(40), BatchNorm, Sigmoid] [Dense(33), Tanh, Dense(1)] [BinaryCrossEntropy]", 50),
        ("[Input(40)] [Dense(70), LayerNorm, Gelu] [Dense(50, UseBias = false), Softmax]", 95),
        ("[Input(6, 20)] [Dense(36), Relu, Dense(20)] [Flatten, Dense(3)] [MeanSquaredError]", 80),
        ("[Input(8, 8, 3)] [DepthwiseConv2D(3), BatchNorm, HardSwish] [ConvTranspose2D(5, 2, Stride = 2)] [GlobalAveragePool2D, Dense(20), Dense(4)]", 0),
    ];

    /// <summary>With narrow vectors only those with matrices of mostly zeros: the kernels of all others are those of any network.</summary>
    [Fact]
    public void Frozen_networks_agree_with_the_interpreter()
    {
        (string Layers, int Zeros)[] networks = [.. s_networks.Where(network => !LeafTests.IsNarrowed || network is { Zeros: > 70, Layers: not Cnn })];
        using var frozen = FrozenNetworks.Compile(networks.Select(network => network.Layers), (network, parameter) => Draw(parameter, networks[network].Zeros));
        for (var i = 0; i < networks.Length; i++)
        {
            using var core = frozen.Create(i);
            var model = frozen.Models[i];
            foreach (var (purpose, program, batch) in ((GraphPurpose, ProgramKind, int)[])[(GraphPurpose.Forward, ProgramKind.Forward, 1), (GraphPurpose.Predict, ProgramKind.Predict, 9)])
            {
                var input = Uniform(batch * core.Info.InputSizes.Sum(), 7);
                var bindings = model.Layers.SelectMany(layer => layer.Parameters)
                    .ToDictionary(parameter => parameter.Name, parameter => GraphOrder.Of(parameter, Draw(parameter, networks[i].Zeros)).Select(value => (double)value).ToArray());
                bindings[model.Inputs[0].Name] = [.. input.Select(value => (double)value)];
                var expected = IrInterpreter.Run(Lower.Run(model, purpose), batch, bindings)[Lower.Output];
                AssertClose(expected, NetworkUnderTest.Infer(core, program, input), networks[i].Layers == Cnn ? Agreement.Winograd : Agreement.Tensor, $"{networks[i]}, {program}");
            }
        }
    }

    /// <summary>With what the network itself predicts they agree better: only sums are in another order.</summary>
    [Fact]
    public void A_frozen_network_predicts_as_the_network_does()
    {
        Assert.SkipWhen(LeafTests.IsNarrowed, "One width is enough.");
        using var networks = CompiledNetworks.Compile([Perceptron]);
        using var original = networks.Create(0);
        var parameters = networks.Models[0].Layers.SelectMany(layer => layer.Parameters).ToDictionary(parameter => parameter.Name);
        original.SetParameters(name => Draw(parameters[name], 90));
        using var frozen = FrozenNetworks.Compile([Perceptron], (_, parameter) => Draw(parameter, 90));
        using var core = frozen.Create(0);
        foreach (var batch in (int[])[1, 12, 40])
        {
            var input = Uniform(batch * 784, 3);
            AssertClose([.. original.Infer(ProgramKind.Forward, input)], NetworkUnderTest.Infer(core, ProgramKind.Forward, input), 1e-6, $"batch {batch}");
        }
    }

    private static void AssertClose(double[] expected, float[] actual, double tolerance, string what)
    {
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * largest, $"{what}: {actual[i]} instead of {expected[i]}");
    }

    /// <summary>Nothing that only trains, nothing that is computed from weights alone.</summary>
    [Fact]
    public void What_depends_on_weights_alone_is_computed_before()
    {
        using var frozen = FrozenNetworks.Compile([Cnn], (_, parameter) => Draw(parameter, 0));

        Assert.DoesNotContain("Sqrt", frozen.Code[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Random", frozen.Code[0], StringComparison.Ordinal);
        Assert.DoesNotContain("BeginGradient", frozen.Code[0], StringComparison.Ordinal);
    }

    /// <summary>In the code of small networks weights are literals, and those that are zero are not there.</summary>
    [Fact]
    public void Small_networks_have_their_weights_as_literals()
    {
        using var frozen = FrozenNetworks.Compile([Xor], (_, parameter) => parameter.Name == "dense2.weight" ? [0, 0, 0, 0.75f, 0, 0, 0, 0] : [.. Enumerable.Repeat(0.25f, parameter.Size)]);

        Assert.Contains("0.75f", frozen.Code[0], StringComparison.Ordinal);
        Assert.DoesNotContain("ParametersAt", frozen.Code[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_there_are_named()
    {
        using var frozen = FrozenNetworks.Compile([Xor], (_, parameter) => Draw(parameter, 0));
        using var core = frozen.Create(0);

        var missing = Assert.Throws<InvalidOperationException>(() => new FrozenCore(core.Info, () => null!, typeof(FrozenTests), "StaticNet/none.safetensors", 10));
        Assert.Contains("StaticNet/none.safetensors", missing.Message, StringComparison.Ordinal);
    }

    /// <summary>Random values in PyTorch's order; of a matrix's, that share is zero.</summary>
    private static float[] Draw(ParameterSpec parameter, int percentOfZeros)
    {
        var seed = (uint)parameter.Name.Sum(letter => letter) + (uint)parameter.Size;
        var values = Uniform(parameter.Size, seed);
        var zero = parameter.Shape.Count == 2 ? Uniform(parameter.Size, seed + 1000) : [];
        return [.. values.Select((value, i) => parameter.Name.EndsWith("running_var", StringComparison.Ordinal) ? value + 0.1f
            : i < zero.Length && zero[i] * 100 < percentOfZeros ? 0 : value - 0.5f)];
    }

    private static float[] Uniform(int length, uint seed)
    {
        var random = new Random((int)seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
    }
}
