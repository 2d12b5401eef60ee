namespace StaticNet.Tests.Training;

public class CheckpointTests
{
    public static TheoryData<string> Optimizers => [.. s_optimizers.Keys];

    private static readonly Dictionary<string, Func<Optimizer>> s_optimizers = new()
    {
        ["Sgd"] = () => new Sgd(0.1),
        ["Momentum"] = () => new Sgd(0.1, 0.9),
        ["Adagrad"] = () => new Adagrad(0.1, 0.1),
        ["RmsProp"] = () => new RmsProp(0.01, momentum: 0.9) { ClipNorm = 0.1 },
        ["Adam"] = () => new Adam(0.01),
        ["AdamW"] = () => new AdamW(0.01),
    };

    /// <summary>Interrupted before the first step, within an epoch, at its last step, and at the very end.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Interrupted_training_resumes_to_the_last_bit(string name)
    {
        var (expected, whole) = Run(name, cancelAfter: int.MaxValue, resume: false, "");
        foreach (var steps in new[] { 0, 1, 6, 7, 13, 27 })
        {
            using var folder = new TemporaryFolder();
            Run(name, steps, resume: false, folder["run.checkpoint"]);
            Assert.Equal(["run.checkpoint"], folder.Files);
            var (actual, resumed) = Run(name, int.MaxValue, resume: true, folder["run.checkpoint"]);

            Assert.Equal(expected, actual);
            Assert.Equal(whole!["loss"], resumed!["loss"]);
            Assert.Equal(whole["val_loss"], resumed["val_loss"]);
            Assert.Equal(whole["learning_rate"], resumed["learning_rate"]);
        }
    }

    [Fact]
    public void Resumed_training_stops_as_early_and_restores_the_same_best()
    {
        using var folder = new TemporaryFolder();
        using var none = new Interruption(folder["whole"], int.MaxValue);
        var (expected, whole) = Run(seed: 1, none, resume: false);
        Assert.Equal(4, whole.Count);
        Assert.Contains("has not improved", whole.StopReason!, StringComparison.Ordinal);

        // Two steps an epoch: the last is cancelled before its epoch is measured.
        for (var steps = 1; steps <= 8; steps++)
        {
            using var interruption = new Interruption(folder["c"], steps);
            Assert.Throws<OperationCanceledException>(() => Run(seed: 1, interruption, resume: false));
            Check(folder["c"]);
        }

        Check(folder["whole"]);

        void Check(string path)
        {
            using var uninterrupted = new Interruption(path, int.MaxValue);
            var (actual, resumed) = Run(seed: 5, uninterrupted, resume: true);
            Assert.Equal(expected, actual);
            Assert.Equal(whole.StopReason, resumed.StopReason);
            Assert.Equal(whole["val_loss"], resumed["val_loss"]);
        }

        // At this rate the loss grows from the second epoch on.
        static (int[] Bits, History History) Run(int seed, Interruption interruption, bool resume)
        {
            using var network = Problems.RegressionNetwork(seed);
            var history = Trainer.Fit(network, Problems.Regression(40), new Sgd(2.5), new()
            {
                Epochs = 9,
                BatchSize = 16,
                Seed = 1,
                ValidationSplit = 0.2,
                Callbacks = [new Checkpoint(interruption.Path), interruption, new EarlyStopping(3)],
                CancellationToken = interruption.Token,
                ResumeFrom = resume ? interruption.Path : null,
            });
            return (Problems.Bits(network.Core), history);
        }
    }

    [Fact]
    public void Checkpoint_within_an_epoch_is_taken_up_too()
    {
        using var folder = new TemporaryFolder();
        using var network = Problems.RegressionNetwork();
        var data = Problems.Regression(64);
        var copies = new Copies(folder["c"]);
        Trainer.Fit(network, data, new Adam(0.1), new()
        {
            Epochs = 2,
            BatchSize = 8,
            Callbacks = [new Checkpoint(folder["c"]) { EverySteps = 3 }, copies],
        });

        foreach (var copy in copies.Paths)
        {
            using var resumed = Problems.RegressionNetwork();
            Trainer.Fit(resumed, data, new Adam(0.1), new() { Epochs = 2, BatchSize = 8, ResumeFrom = copy });
            Assert.Equal(Problems.Bits(network.Core), Problems.Bits(resumed.Core));
        }

        Assert.True(copies.Paths.Count > 10);
    }

    [Fact]
    public void Parameters_of_a_checkpoint_can_be_loaded_alone()
    {
        using var folder = new TemporaryFolder();
        using var network = Problems.RegressionNetwork();
        Trainer.Fit(network, Problems.Regression(20), new Adam(0.1), new() { Callbacks = [new Checkpoint(folder["c"])] });
        using var loaded = Problems.RegressionNetwork(seed: 2);

        var report = WeightFile.Load(loaded.Core, folder["c"], strict: false);

        Assert.Equal(["dense1.weight", "dense1.bias"], report.Matched);
        Assert.Equal(Problems.Bits(network.Core), Problems.Bits(loaded.Core));
    }

    [Fact]
    public void Other_setup_and_damage_are_named_and_change_nothing()
    {
        using var folder = new TemporaryFolder();
        var data = Problems.Regression(20);
        using (var network = Problems.RegressionNetwork())
        {
            Trainer.Fit(network, data, new Adam(0.1), new() { Callbacks = [new Checkpoint(folder["c"])] });
            WeightFile.Save(network.Core, folder["weights"]);
        }

        Check("'batch_size' is 32, here it is 16", new() { Epochs = 2, BatchSize = 16, ResumeFrom = folder["c"] });
        Check("'seed' is 1, here it is 2", new() { Epochs = 2, Seed = 2, ResumeFrom = folder["c"] });
        Check("'shuffle' is yes, here it is no", new() { Epochs = 2, Shuffle = false, ResumeFrom = folder["c"] });
        Check("'samples' is 20, here it is 10", new() { Epochs = 2, ValidationSplit = 0.5, ResumeFrom = folder["c"] });
        Check("'optimizer' is Adam, here it is Sgd", new() { Epochs = 2, ResumeFrom = folder["c"] }, new Sgd(0.1));
        Check("has no 'staticnet.checkpoint'", new() { Epochs = 2, ResumeFrom = folder["weights"] });
        Check("has no 'early_stopping.best'", new() { Epochs = 2, ResumeFrom = folder["c"], Callbacks = [new EarlyStopping()] });
        var whole = File.ReadAllBytes(folder["c"]);
        Check("truncated", new() { Epochs = 2, ResumeFrom = folder.Write("short", whole[..^1]) });
        var text = System.Text.Encoding.Latin1.GetString(whole);
        var broken = text.Replace("\"epoch\":\"1\"", "\"epoch\":\"x\"", StringComparison.Ordinal);
        Check("'epoch' is x", new() { Epochs = 2, ResumeFrom = folder.Write("broken", System.Text.Encoding.Latin1.GetBytes(broken)) });
        broken = text.Replace("\"epoch\":\"1\"", "\"epoch\":\"2\"", StringComparison.Ordinal);
        Check("1 of 2 epochs", new() { Epochs = 2, ResumeFrom = folder.Write("broken", System.Text.Encoding.Latin1.GetBytes(broken)) });

        void Check(string message, FitOptions<Shape<N3>, Shape<N2>> options, Optimizer? optimizer = null)
        {
            using var network = Problems.RegressionNetwork();
            var before = Problems.Bits(network.Core);
            var error = Assert.Throws<WeightFormatException>(() => Trainer.Fit(network, data, optimizer ?? new Adam(0.1), options));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.Equal(before, Problems.Bits(network.Core));
            Assert.Equal(0, network.Core.Steps);
        }
    }

    private static (int[] Bits, History? History) Run(string optimizer, int cancelAfter, bool resume, string path)
    {
        // Another seed: everything must come from the file.
        using var network = Problems.ClassNetwork(seed: resume ? 9 : 1);
        using var interruption = new Interruption(path, cancelAfter);
        History? history = null;
        try
        {
            history = Trainer.Fit(network, Problems.Classes(100), s_optimizers[optimizer](), new()
            {
                Epochs = 4,
                BatchSize = 7,
                AccumulateSteps = 2,
                Seed = 3,
                ValidationSplit = 0.1,
                Schedule = new LinearWarmup(2) { Then = new ReduceOnPlateau(0.5, patience: 0) },
                Callbacks = path.Length > 0 ? [new Checkpoint(path), interruption] : [],
                CancellationToken = interruption.Token,
                ResumeFrom = resume ? path : null,
            });
        }
        catch (OperationCanceledException)
        {
            Assert.Equal(cancelAfter, interruption.Steps);
        }

        return (Problems.Bits(network.Core), history);
    }

    /// <summary>Keeps every version of a file.</summary>
    private sealed class Copies(string path) : Callback
    {
        public List<string> Paths { get; } = [];

        public override void OnStepEnd(FitContext context, double loss)
        {
            if (File.Exists(path))
            {
                Paths.Add($"{path}.{Paths.Count}");
                File.Copy(path, Paths[^1]);
            }
        }
    }
}
