using StaticNet.Conformance;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Frozen networks predict what the networks predict that they were made of.</summary>
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

    [Fact]
    public void A_frozen_network_predicts_as_the_network_does()
    {
        using var networks = CompiledNetworks.Compile([.. s_networks.Select(network => network.Layers)]);
        var originals = s_networks.Select((_, i) => networks.Create(i)).ToList();
        for (var i = 0; i < originals.Count; i++)
            Draw(originals[i], s_networks[i].Zeros);
        using var frozen = FrozenNetworks.Compile([.. s_networks.Zip(originals, (network, original) => (network.Layers, original.Core))]);
        for (var i = 0; i < originals.Count; i++)
        {
            using var core = frozen.Create(i);
            foreach (var batch in (int[])[1, 3, 17])
                foreach (var program in (ProgramKind[])[ProgramKind.Forward, ProgramKind.Predict])
                    Compare(originals[i], core, program, Uniform(batch * core.Info.InputSizes.Sum(), 7), s_networks[i]);
        }

        originals.ForEach(network => network.Dispose());
    }

    /// <summary>Sums are in another order, and constants are computed in double precision.</summary>
    private static void Compare(NetworkUnderTest original, FrozenCore frozen, ProgramKind program, float[] input, (string Layers, int Zeros) network)
    {
        var (expected, actual) = (original.Infer(program, input), NetworkUnderTest.Infer(frozen, program, input));
        var largest = expected.Max(Math.Abs);
        var tolerance = (network.Layers == Perceptron ? 1e-6 : 5e-6) * largest;
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{network}, {program}: {actual[i]} instead of {expected[i]}");
    }

    /// <summary>Nothing that only trains, nothing that is computed from weights alone.</summary>
    [Fact]
    public void What_depends_on_weights_alone_is_computed_before()
    {
        using var networks = CompiledNetworks.Compile([Cnn]);
        using var original = networks.Create(0);
        Draw(original, 0);
        using var frozen = FrozenNetworks.Compile([(Cnn, original.Core)]);

        Assert.DoesNotContain("Sqrt", frozen.Code[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Random", frozen.Code[0], StringComparison.Ordinal);
        Assert.DoesNotContain("BeginGradient", frozen.Code[0], StringComparison.Ordinal);
    }

    /// <summary>In the code of small networks weights are literals, and those that are zero are not there.</summary>
    [Fact]
    public void Small_networks_have_their_weights_as_literals()
    {
        using var networks = CompiledNetworks.Compile([Xor]);
        using var original = networks.Create(0);
        original.SetParameters(name => name == "dense2.weight" ? [0, 0, 0, 0.75f, 0, 0, 0, 0] : [.. original.Parameters()[name].Select(_ => 0.25f)]);
        using var frozen = FrozenNetworks.Compile([(Xor, original.Core)]);

        Assert.Contains("0.75f", frozen.Code[0], StringComparison.Ordinal);
        Assert.DoesNotContain("ParametersAt", frozen.Code[0], StringComparison.Ordinal);
    }

    /// <summary>Random parameters, statistics too, of which that share of the matrices' is zero.</summary>
    private static void Draw(NetworkUnderTest network, int percentOfZeros)
    {
        var seed = 1u;
        network.SetParameters(name =>
        {
            var parameter = network.Info.Parameters.Single(p => p.Name == name);
            var values = Uniform(parameter.Size, seed);
            var zero = parameter.Shape.Length == 2 ? Uniform(parameter.Size, seed + 1000) : [];
            seed++;
            return [.. values.Select((value, i) => name.EndsWith("running_var", StringComparison.Ordinal) ? value + 0.1f
                : i < zero.Length && zero[i] * 100 < percentOfZeros ? 0 : value - 0.5f)];
        });
    }

    private static float[] Uniform(int length, uint seed)
    {
        var random = new Random((int)seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
    }
}
