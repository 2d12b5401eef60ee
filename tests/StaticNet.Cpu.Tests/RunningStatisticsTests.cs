using StaticNet.Conformance.Networks;
using StaticNet.Execution;
using Samples = StaticNet.Dataset<StaticNet.Shape<StaticNet.N8, StaticNet.N8, StaticNet.N3>, StaticNet.ClassIndex<StaticNet.N5>>;

namespace StaticNet.Cpu.Tests;

/// <summary>Running statistics are kept, restored and left alone as weights are.</summary>
public class RunningStatisticsTests
{
    /// <summary>From the third epoch on the rate is absurd: the loss grows, or is no number any more.</summary>
    [Theory]
    [InlineData(1e3f, false)]
    [InlineData(1e35f, true)]
    public void Early_stopping_restores_those_of_the_best_epoch(float absurd, bool isNaN)
    {
        using var network = new ResidualClassifier(seed: 1);
        var (optimizer, stopping) = (new Sgd(0.02), new EarlyStopping(2));
        var watch = new Watch(network, optimizer, absurd);

        var history = network.Fit(Data(64), optimizer, new() { Epochs = 9, BatchSize = 16, Callbacks = [watch, stopping, new TerminateOnNaN()] });

        Assert.NotNull(history.StopReason);
        Assert.Equal(isNaN, history.StopReason.StartsWith("the loss of step", StringComparison.Ordinal));
        Assert.Equal(2, stopping.BestEpoch);
        Assert.Equal(watch.Statistics[2], Statistics(network));
        Assert.NotEqual(watch.Statistics[1], Statistics(network));
        Assert.All(Statistics(network), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Training_resumes_with_those_of_the_checkpoint()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");
        try
        {
            using var whole = new ResidualClassifier(seed: 1);
            whole.Fit(Data(64), new Adam(0.01), new() { Epochs = 4, BatchSize = 16, Seed = 1 });
            using var first = new ResidualClassifier(seed: 1);
            first.Fit(Data(64), new Adam(0.01), new() { Epochs = 2, BatchSize = 16, Seed = 1, Callbacks = [new Checkpoint(path)] });
            using var second = new ResidualClassifier(seed: 2);
            second.Fit(Data(64), new Adam(0.01), new() { Epochs = 4, BatchSize = 16, Seed = 1, ResumeFrom = path });

            Assert.NotEqual(Statistics(whole), Statistics(first));
            Assert.Equal(Statistics(whole), Statistics(second));
            Assert.Equal(CoreOf(whole).ParameterSpan.ToArray(), CoreOf(second).ParameterSpan.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_refused_leaves_them_as_they_were()
    {
        using var network = new ResidualClassifier(seed: 1);
        var (input, labels) = (new float[2 * 8 * 8 * 3], (int[])[1, 4]);
        Array.Fill(input, 0.5f);
        network.TrainStep(input, labels, new Sgd(0.1));
        var before = Statistics(network);
        input[^1] = float.NaN;

        Assert.Throws<ArgumentException>(() => network.Fit(new Samples(input, labels), new Sgd(0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainStep(input, [1, 5], new Sgd(0.1)));
        Assert.Throws<ArgumentException>(() => network.TrainStep(input.AsSpan(1), [1, 4], new Sgd(0.1)));
        network.Predict(input, new float[2 * 5]);
        network.Evaluate(Data(3));

        Assert.Equal(before, Statistics(network));
    }

    private static Samples Data(int samples)
    {
        var inputs = new float[samples * 8 * 8 * 3];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = (2 * Philox.Uniform(7, 1, (ulong)i)) - 1;
        return new(inputs, [.. Enumerable.Range(0, samples).Select(i => i % 5)]);
    }

    private static float[] Statistics(ResidualClassifier network)
    {
        var core = CoreOf(network);
        return [.. core.Info.Parameters.Where(parameter => parameter.IsState)
            .SelectMany(parameter => core.ParameterSpan.Slice((int)parameter.Offset, (int)parameter.Size).ToArray())];
    }

    private static NetworkCore CoreOf(ResidualClassifier network) => ((INetwork<Shape<N8, N8, N3>, Shape<N5>>)network).Core;

    private sealed class Watch(ResidualClassifier network, Optimizer optimizer, float absurd) : Callback
    {
        /// <summary>After each epoch, by its number.</summary>
        public Dictionary<int, float[]> Statistics { get; } = [];

        public override void OnEpochBegin(FitContext context)
        {
            if (context.Epoch == 3)
                optimizer.LearningRate = absurd;
        }

        public override void OnEpochEnd(FitContext context, EpochResult result) => Statistics[context.Epoch] = RunningStatisticsTests.Statistics(network);
    }
}
