using StaticNet.Execution;

namespace StaticNet.Tests.Training;

public class CallbackTests
{
    [Fact]
    public void Callbacks_are_told_in_order()
    {
        var log = new List<string>();
        using var network = Problems.RegressionNetwork();
        Trainer.Fit(network, Problems.Regression(40), new Sgd(0.1), new()
        {
            Epochs = 2,
            BatchSize = 32,
            Callbacks = [new Log("a", log), new Log("b", log)],
        });

        string[] epoch = ["a epoch {0}", "b epoch {0}", "a step 1", "b step 1", "a step 2", "b step 2", "a end {0}", "b end {0}"];
        string[] expected =
        [
            "a begin", "b begin",
            .. epoch.Select(line => line.Replace("{0}", "1", StringComparison.Ordinal)),
            .. epoch.Select(line => line.Replace("{0}", "2", StringComparison.Ordinal)),
            "a Completed", "b Completed",
        ];
        Assert.Equal(expected, log);
    }

    [Fact]
    public void Callback_may_stop_training_and_evaluate()
    {
        using var network = Problems.RegressionNetwork();
        var data = Problems.Regression(40);
        var watch = new Custom((context, result) =>
        {
            Assert.Equal(result["loss"], context.History[^1]["loss"]);
            Assert.True(Trainer.Evaluate(network, data).Loss > 0);
            context.Stop($"enough of epoch {context.Epoch}");
            context.Stop("not this");
        });

        var history = Trainer.Fit(network, data, new Sgd(0.1), new() { Epochs = 5, Callbacks = [watch] });

        Assert.Equal("enough of epoch 1", history.StopReason);
        Assert.Single(history);
    }

    [Fact]
    public void What_a_callback_throws_ends_training_and_the_others_are_told()
    {
        var log = new List<string>();
        using var network = Problems.RegressionNetwork();
        var failing = new Custom((_, _) => throw new NotSupportedException());
        Assert.Throws<NotSupportedException>(() => Trainer.Fit(
            network, Problems.Regression(40), new Sgd(0.1), new() { Callbacks = [new Log("a", log), failing] }));
        Assert.Equal("a Failed", log[^1]);
        Assert.Equal(40, Trainer.Evaluate(network, Problems.Regression(40)).Samples);
    }

    [Fact]
    public async Task Cancelling_leaves_a_usable_network()
    {
        using var network = Problems.RegressionNetwork();
        using var source = new CancellationTokenSource();
        var log = new List<string>();
        var cancel = new Custom((_, _) => source.Cancel());
        var options = new FitOptions<Shape<N3>, Shape<N2>>
        {
            Epochs = 50,
            Callbacks = [new Log("a", log), cancel],
            CancellationToken = source.Token,
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Trainer.FitAsync(network, Problems.Regression(40), new Sgd(0.1), options));

        Assert.Equal("a Cancelled", log[^1]);
        Assert.Single(Trainer.Fit(network, Problems.Regression(40), new Sgd(0.1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Early_stopping_gives_back_the_best_parameters(bool restore)
    {
        using var network = Problems.RegressionNetwork();
        var copies = new List<int[]>();
        var stopping = new EarlyStopping(2) { Monitor = "loss", RestoreBestWeights = restore };

        // The rate is too large from the start, so the first epoch is the best.
        var history = Trainer.Fit(network, Problems.Regression(64), new Sgd(3), new()
        {
            Epochs = 20,
            Callbacks = [new Custom((_, _) => copies.Add(Problems.Bits(network.Core))), stopping],
        });

        Assert.Equal(3, history.Count);
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Contains("loss has not improved", history.StopReason, StringComparison.Ordinal);
        Assert.Equal(copies[restore ? 0 : 2], Problems.Bits(network.Core));
    }

    [Fact]
    public void Early_stopping_lets_accuracy_grow_and_asks_for_a_change()
    {
        using var network = Problems.ClassNetwork();
        var stopping = new EarlyStopping(3) { Monitor = "val_accuracy", MinimumChange = 0.5 };
        var history = Trainer.Fit(network, Problems.Classes(200), new Adam(0.1), new() { Epochs = 20, ValidationSplit = 0.2, Callbacks = [stopping] });
        Assert.InRange(history.Count, 4, 19);
        Assert.True(history["val_accuracy"][stopping.BestEpoch - 1] >= history["val_accuracy"].Max() - 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0));
        Assert.Throws<KeyNotFoundException>(() => Trainer.Fit(
            network, Problems.Classes(20), new Adam(), new() { Callbacks = [new EarlyStopping { Monitor = "val_loss" }] }));
    }

    [Fact]
    public void Training_ends_when_the_loss_is_no_number()
    {
        using var network = Problems.RegressionNetwork();
        var history = Trainer.Fit(network, Problems.Regression(64), new Sgd(1e20), new()
        {
            Epochs = 20,
            BatchSize = 16,
            Callbacks = [new TerminateOnNaN()],
        });
        Assert.Contains("the loss of step", history.StopReason, StringComparison.Ordinal);
        Assert.Empty(history);
    }

    [Fact]
    public void Table_grows_with_every_epoch()
    {
        using var folder = new TemporaryFolder();
        using var network = Problems.RegressionNetwork();
        folder.Write("log.csv", "old");
        var lengths = new List<int>();
        var history = Trainer.Fit(network, Problems.Regression(40), new Sgd(0.1), new()
        {
            Epochs = 3,
            Callbacks = [new CsvLogger(folder["log.csv"]), new Custom((_, _) => lengths.Add(File.ReadAllLines(folder["log.csv"]).Length))],
        });
        Assert.Equal([2, 3, 4], lengths);
        Assert.Equal(history.ToCsv(), File.ReadAllText(folder["log.csv"]));
        Assert.Throws<ArgumentException>(() => new CsvLogger(""));
    }

    /// <summary>Records built by a script from the format's definition, their payloads read back by protoc.</summary>
    [Fact]
    public void Event_records_are_golden()
    {
        Assert.Equal(
            "1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a",
            Convert.ToHexStringLower(EventRecord.FileVersion(1)));
        Assert.Equal(
            "1a00000000000000129bd82d09000000000000004010012a0d0a0b0a046c6f7373150000003fe20576ce",
            Convert.ToHexStringLower(EventRecord.Scalar(2, 1, "loss", 0.5f)));
        Assert.Equal(
            "7500000000000000d7d9417809000000000000084010022a680a660a01772a6109000000000000f0bf11000000000000f03f19000000000000104021000000"
            + "000000e03f2900000000000002403218000000000000e0bf000000000000e03f000000000000f03f3a18000000000000f03f000000000000f03f00000000"
            + "00000040b546f5fd",
            Convert.ToHexStringLower(EventRecord.Histogram(3, 2, "w", new Histogram(-1, 1, 4, 0.5, 2.25, [-0.5, 0.5, 1], [1, 1, 2]))));
    }

    [Fact]
    public void Histograms_count_every_finite_value()
    {
        var histogram = Histogram.Of([-1, -1, 0, 0.4f, 1, float.NaN, float.PositiveInfinity], 4);
        Assert.Equal((-1, 1, 5), (histogram.Minimum, histogram.Maximum, histogram.Count));
        Assert.Equal([-0.5, 0, 0.5, 1], histogram.Limits);
        Assert.Equal([2, 0, 2, 1], histogram.Counts);
        Assert.Equal(-0.6, histogram.Sum, 1e-6);
        Assert.Equal(3.16, histogram.SumOfSquares, 1e-6);
        Assert.Equal([3], Histogram.Of([7, 7, 7], 4).Counts);
        Assert.Equal(0, Histogram.Of([float.NaN], 4).Count);
    }

    [Fact]
    public void Event_file_has_a_record_for_each_value()
    {
        using var folder = new TemporaryFolder();
        using var network = Problems.RegressionNetwork();
        var options = new FitOptions<Shape<N3>, Shape<N2>>
        {
            Epochs = 2,
            Callbacks = [new TensorBoard(folder["run"]) { Histograms = true, Clock = new Noon() }],
        };
        var history = Trainer.Fit(network, Problems.Regression(40), new Sgd(0.1), options);
        Trainer.Fit(network, Problems.Regression(40), new Sgd(0.1), options);

        // One run after the other within a second: two files.
        var files = Directory.GetFiles(folder["run"]);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.StartsWith("events.out.tfevents.43200.", Path.GetFileName(file), StringComparison.Ordinal));

        var bytes = File.ReadAllBytes(files.Order(StringComparer.Ordinal).First());
        var expected = new List<byte>(EventRecord.FileVersion(43200));
        expected.AddRange(EventRecord.Scalar(43200, 1, "loss", (float)history["loss"][0]));
        Assert.Equal(expected, bytes[..expected.Count]);
        var records = 0;
        for (var position = 0; position < bytes.Length; records++)
        {
            position += 16 + BitConverter.ToInt32(bytes, position);
        }

        // Loss, error, rate, seconds and two histograms for each of two epochs.
        Assert.Equal(1 + (2 * 6), records);
    }

    [Fact]
    public void History_becomes_tables_and_comes_back()
    {
        var history = new History();
        history.Add(new EpochResult(1, [new("loss", 0.1), new("seconds", 2)]));
        history.Add(new EpochResult(2, [new("loss", double.NaN), new("seconds", 1.5)]));

        Assert.Equal("epoch,loss,seconds\n1,0.1,2\n2,NaN,1.5\n", history.ToCsv());
        Assert.Equal(history.ToCsv(), History.FromCsv(history.ToCsv()).ToCsv());
        var json = System.Text.Json.JsonDocument.Parse(history.ToJson()).RootElement;
        Assert.Equal(0.1, json[0].GetProperty("loss").GetDouble());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json[1].GetProperty("loss").ValueKind);
        Assert.Equal(3.5, history.Seconds);
        Assert.Equal([2, 1.5], history["seconds"]);
        Assert.Contains("'loss', 'seconds'", Assert.Throws<KeyNotFoundException>(() => history["acc"]).Message, StringComparison.Ordinal);
        Assert.Equal("", new History().ToCsv());
        Assert.Empty(History.FromCsv(""));
        Assert.Throws<WeightFormatException>(() => History.FromCsv("epoch,loss\n1\n"));
        Assert.Throws<WeightFormatException>(() => History.FromCsv("epoch,loss\n1,x\n"));
    }

    private sealed class Log(string name, List<string> log) : Callback
    {
        public override void OnFitBegin(FitContext context) => log.Add($"{name} begin");

        public override void OnEpochBegin(FitContext context) => log.Add($"{name} epoch {context.Epoch}");

        public override void OnStepEnd(FitContext context, double loss) => log.Add($"{name} step {context.Step}");

        public override void OnEpochEnd(FitContext context, EpochResult result) => log.Add($"{name} end {result.Epoch}");

        public override void OnFitEnd(FitContext context) => log.Add($"{name} {context.Outcome}");
    }

    private sealed class Custom(Action<FitContext, EpochResult> onEpochEnd) : Callback
    {
        public override void OnEpochEnd(FitContext context, EpochResult result) => onEpochEnd(context, result);
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(43200);
    }
}
