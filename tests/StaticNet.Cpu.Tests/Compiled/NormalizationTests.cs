using StaticNet.Conformance;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Normalisations compiled: what they give, the state that training keeps, what they need.</summary>
public sealed class NormalizationTests(NormalizationTests.Networks fixture) : IClassFixture<NormalizationTests.Networks>
{
    private static readonly string[] s_declarations =
    [
        "[Input(9)] [Dense(17, UseBias = false), BatchNorm, Relu, Dense(3), BatchNorm(Affine = false), SoftmaxCrossEntropy]",
        "[Input(40, 40, 3)] [BatchNorm(Momentum = 0.25), GroupNorm(3), Flatten, Dense(2), MeanSquaredError]",
        "[Input(6, 5, 3)] [Conv2D(20, 3, UseBias = false), BatchNorm, Relu, Conv2D(7, 3), BatchNorm, LayerNorm, Flatten, Dense(3), SoftmaxCrossEntropy]",
        "[Input(3, 4, 6)] [Dense(18), LayerNorm, GroupNorm(3), LocalResponseNorm(5, Alpha = 0.5), Dense(70), LocalResponseNorm(4, Alpha = 0.8, Beta = 0.6, K = 2), GroupNorm(7, Affine = false), LayerNorm(WholeSample = true)]",
        "[Input(130)] [GroupNorm(2), LocalResponseNorm(35, Alpha = 2, Beta = 1), LayerNorm(Affine = false), GroupNorm(130), LayerNorm(WholeSample = true), MeanSquaredError]",
        """[Input(2, 3, 4)] [Dense(1, UseBias = false, As = "x")] [Reshape(3, 2, 1, From = "x", As = "y")] [GroupNorm(1), Flatten(As = "a")] [Reshape(6, 1, From = "x"), LayerNorm(WholeSample = true), Flatten(As = "b")] [GroupNorm(1, From = "x"), Flatten, Concat("a", "b")]""",
    ];

    private readonly CompiledNetworks _networks = fixture.Compiled;

    [Fact]
    public void Normalizations_agree_with_the_interpreter()
    {
        foreach (var (i, batch) in (ReadOnlySpan<(int, int)>)[(0, 2), (0, 13), (0, 67), (1, 13), (2, 2), (2, 13), (3, 1), (3, 13), (4, 2), (4, 13), (5, 1), (5, 13)])
        {
            using var network = _networks.Create(i);
            network.Core.Poison(float.NaN);
            Draw(network);
            Assert.True(
                Enumerable.Range(0, 8).Any(attempt => new Oracle(_networks.Models[i], network).Agrees(batch, seed: 100 + (10 * (uint)attempt))),
                s_declarations[i]);
        }
    }

    [Theory]
    [InlineData(1, 31)]
    [InlineData(2, 64)]
    public void Threads_change_no_bit(int declaration, int batch)
    {
        using var network = _networks.Create(declaration);
        network.Core.Threads = 1;
        var alone = Outcome.Of(network, batch);
        network.Core.Threads = 3;
        Outcome.AssertSame(alone, Outcome.Of(network, batch), "with 3 threads");
    }

    [Fact]
    public void Training_moves_running_statistics_and_inference_does_not()
    {
        using var network = _networks.Create(0);
        var (input, target) = (Samples.Inputs(network.Info, 5), Samples.Targets(network.Info, 5));
        var start = State(network);
        Assert.Equal([.. new float[17], .. Enumerable.Repeat(1f, 17), .. new float[3], 1, 1, 1], start);

        network.Infer(ProgramKind.Predict, input);
        network.Evaluate(input, target, 0.2f);
        Assert.Equal(start, State(network));

        network.Differentiate(input, Samples.OutputGradients(network.Info, 5));
        var recorded = State(network);
        Assert.DoesNotContain(start.Zip(recorded), pair => pair.First == pair.Second);

        // No optimizer touches them: with momentum, decay and clipping they move as gradients that nobody applies leave them.
        using var same = _networks.Create(0);
        same.Differentiate(input, Samples.OutputGradients(network.Info, 5));
        network.Accumulate(input, target);
        same.TrainStep(input, target, new Sgd(0.5, momentum: 0.9, weightDecay: 0.5) { ClipNorm = 0.1 });
        Assert.Equal(State(network), State(same));
    }

    [Fact]
    public void Running_statistics_are_saved_and_loaded()
    {
        using var network = _networks.Create(0);
        var input = Samples.Inputs(network.Info, 5);
        network.TrainStep(input, Samples.Targets(network.Info, 5), new Adam(0.1));
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        try
        {
            WeightFile.Save(network.Core, path);
            using var loaded = _networks.Create(0, seed: 2);
            Assert.Contains("batchnorm1.running_mean", WeightFile.Load(loaded.Core, path).Matched);
            Assert.Equal(State(network), State(loaded));
            Assert.Equal(network.Infer(ProgramKind.Predict, input), loaded.Infer(ProgramKind.Predict, input));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_single_vector_has_no_variance()
    {
        using var network = _networks.Create(0);
        var (input, target) = (Samples.Inputs(network.Info, 1), Samples.Targets(network.Info, 1));
        var before = network.Core.ParameterSpan.ToArray();
        var optimizer = new Sgd(0.1);

        Assert.Contains("at least 2 samples", Assert.Throws<ArgumentException>(() => network.TrainStep(input, target, optimizer)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Accumulate(input, target));
        Assert.Throws<ArgumentException>(() => network.Differentiate(input, Samples.OutputGradients(network.Info, 1)));

        Assert.Equal(before, network.Core.ParameterSpan);
        Assert.Equal(0, optimizer.StepCount);
        network.Infer(ProgramKind.Forward, input);
    }

    private static float[] State(NetworkUnderTest network)
    {
        var parameters = network.Parameters();
        return [.. network.Info.Parameters.Where(p => p.IsState).SelectMany(p => parameters[p.Name])];
    }

    /// <summary>Scales and shifts of their own, as if it had been trained.</summary>
    private static void Draw(NetworkUnderTest network)
    {
        var seed = 1000u;
        foreach (var i in Enumerable.Range(0, network.Info.Parameters.Length).Where(i => !network.Info.Parameters[i].Name.StartsWith("dense", StringComparison.Ordinal)))
        {
            var drawn = VectorDraw.Uniform(seed++, network.Info.Parameters[i].Size, exponent: 0);
            network.Core.Parameter(i).CopyFrom(network.Info.Parameters[i].Name.EndsWith("var", StringComparison.Ordinal) ? Array.ConvertAll(drawn, v => v + 1.5f) : drawn);
        }
    }

    public sealed class Networks : IDisposable
    {
        internal CompiledNetworks Compiled { get; } = CompiledNetworks.Compile(s_declarations);

        public void Dispose() => Compiled.Dispose();
    }
}
