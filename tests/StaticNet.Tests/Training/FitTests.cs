using StaticNet.Execution;

namespace StaticNet.Tests.Training;

public class FitTests
{
    [Fact]
    public void Network_learns()
    {
        using var network = Problems.ClassNetwork();
        var (train, test) = Problems.Classes(1000).Split(0.2);

        var history = Trainer.Fit(network, train, new Adam(0.05), new() { Epochs = 8, BatchSize = 32, Validation = test });

        Assert.Equal(8, history.Count);
        Assert.True(history["loss"][^1] < 0.5 * history["loss"][0]);
        Assert.InRange(history["val_accuracy"][^1], 0.95, 1);
        var evaluation = Trainer.Evaluate(network, test);
        Assert.Equal(history["val_accuracy"][^1], evaluation.Accuracy);
        Assert.Equal(history["val_loss"][^1], evaluation.Loss, 1e-9);
        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds"], history[0].Values.Select(pair => pair.Key));
        Assert.Null(history.StopReason);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Last_batch_has_what_remains_and_the_loss_is_the_mean_of_all_samples(int batchSize)
    {
        var data = Problems.Regression(50);
        using var fitted = Problems.RegressionNetwork();
        using var stepped = Problems.RegressionNetwork();

        var history = Trainer.Fit(fitted, data, new Sgd(0.1, 0.9), new() { BatchSize = batchSize, Shuffle = false });

        var optimizer = new Sgd(0.1, 0.9);
        var sum = 0.0;
        for (var start = 0; start < 50; start += batchSize)
        {
            var count = Math.Min(batchSize, 50 - start);
            var targets = (float[])data.Targets;
            sum += count * stepped.Core.TrainStep(data.Inputs.AsSpan(3 * start, 3 * count), default, default, default, targets.AsSpan(2 * start, 2 * count), optimizer);
        }

        Assert.Equal(Problems.Bits(stepped.Core), Problems.Bits(fitted.Core));
        Assert.Equal(sum / 50, history["loss"][0], 1e-12);
        Assert.Equal((50 + batchSize - 1) / batchSize, fitted.Core.Steps);
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(7, 3)]
    public void Gradients_added_up_are_those_of_one_large_batch(int batchSize, int parts)
    {
        var data = Problems.Regression(50);
        using var whole = Problems.RegressionNetwork(l2: 0.01);
        using var added = Problems.RegressionNetwork(l2: 0.01);

        var expected = Trainer.Fit(whole, data, new Adam(0.01), new() { Epochs = 2, BatchSize = batchSize * parts });
        var actual = Trainer.Fit(added, data, new Adam(0.01), new() { Epochs = 2, BatchSize = batchSize, AccumulateSteps = parts });

        // Orders of epochs depend on the steps before, of which there are more: compare the first epoch's loss, and where it led to.
        Assert.Equal(expected["loss"][0], actual["loss"][0], 1e-6);
        using var first = Problems.RegressionNetwork(l2: 0.01);
        using var second = Problems.RegressionNetwork(l2: 0.01);
        Trainer.Fit(first, data, new Adam(0.01), new() { BatchSize = batchSize * parts });
        Trainer.Fit(second, data, new Adam(0.01), new() { BatchSize = batchSize, AccumulateSteps = parts });
        for (var i = 0; i < first.Core.ParameterSpan.Length; i++)
        {
            Assert.Equal(first.Core.ParameterSpan[i], second.Core.ParameterSpan[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Class_of_weight_two_counts_as_if_its_samples_came_twice(int parts)
    {
        var data = Problems.Classes(40);
        var labels = (int[])data.Targets;
        int[] twice = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, labels[i] == 2 ? 2 : 1))];
        var doubled = new Dataset<Shape<N3>, ClassIndex<N4>>(
            [.. twice.SelectMany(i => data.Inputs[(3 * i)..(3 * (i + 1))])], [.. twice.Select(i => labels[i])]);
        using var weighted = Problems.ClassNetwork();
        using var repeated = Problems.ClassNetwork();

        var actual = Trainer.Fit(
            weighted, data, new Sgd(0.5), new() { BatchSize = 40 / parts, AccumulateSteps = parts, ClassWeights = [1, 1, 2, 1] });
        var expected = Trainer.Fit(repeated, doubled, new Sgd(0.5), new() { BatchSize = doubled.Count });

        Assert.Equal(expected["loss"][0], actual["loss"][0], 1e-6);
        for (var i = 0; i < weighted.Core.ParameterSpan.Length; i++)
        {
            Assert.Equal(repeated.Core.ParameterSpan[i], weighted.Core.ParameterSpan[i], 1e-6);
        }
    }

    [Fact]
    public void Samples_without_weight_teach_nothing()
    {
        using var network = Problems.ClassNetwork();
        var before = Problems.Bits(network.Core);
        Trainer.Fit(network, Problems.Classes(40), new Sgd(0.5), new() { ClassWeights = [0, 0, 0, 0] });
        Assert.Equal(before, Problems.Bits(network.Core));
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        var data = Problems.Classes(300);
        Assert.Equal(Run(1), Run(3));

        int[] Run(int threads)
        {
            using var network = Problems.ClassNetwork();
            Trainer.Fit(network, data, new RmsProp { ClipNorm = 0.5 }, new() { Epochs = 2, BatchSize = 64, Threads = threads });
            return Problems.Bits(network.Core);
        }
    }

    [Fact]
    public void Seed_decides_the_order_and_epochs_differ()
    {
        var data = Problems.Regression(64);
        Assert.Equal(Run(seed: null, 1, fits: 1), Run(seed: 1, 1, fits: 1));
        Assert.NotEqual(Run(seed: 2, 1, fits: 1), Run(seed: 1, 1, fits: 1));

        // Two epochs are two epochs, in one call or in two.
        Assert.Equal(Run(seed: 1, 2, fits: 1), Run(seed: 1, 1, fits: 2));

        int[] Run(int? seed, int epochs, int fits)
        {
            using var network = Problems.RegressionNetwork();
            var optimizer = new Sgd(0.1, 0.9);
            for (var i = 0; i < fits; i++)
            {
                Trainer.Fit(network, data, optimizer, new() { Epochs = epochs, BatchSize = 16, Seed = seed });
            }

            return Problems.Bits(network.Core);
        }
    }

    [Fact]
    public void Part_of_the_data_can_be_kept_for_validation()
    {
        var data = Problems.Regression(50);
        using var split = Problems.RegressionNetwork();
        using var given = Problems.RegressionNetwork();
        var (train, test) = data.Split(0.2);

        var one = Trainer.Fit(split, data, new Sgd(0.1), new() { ValidationSplit = 0.2 });
        var other = Trainer.Fit(given, train, new Sgd(0.1), new() { Validation = test });

        Assert.Equal(one["val_loss"], other["val_loss"]);
        Assert.Equal(Problems.Bits(split.Core), Problems.Bits(given.Core));
    }

    [Fact]
    public void Penalties_are_part_of_every_loss()
    {
        var data = Problems.Regression(20);
        using var bare = Problems.RegressionNetwork();
        using var penalised = Problems.RegressionNetwork(l1: 0.3, l2: 0.2);
        var weights = bare.Core.ParameterSpan[..(int)bare.Core.Info.Parameters[1].Offset].ToArray();
        var penalty = weights.Sum(w => (0.3 * Math.Abs(w)) + (0.2 * w * w));

        Assert.Equal(Trainer.Evaluate(bare, data).Loss + penalty, Trainer.Evaluate(penalised, data).Loss, 1e-9);
        var expected = bare.Core.TrainStep(data.Inputs, default, default, default, (float[])data.Targets, new Sgd(0.1)) + penalty;
        Assert.Equal(expected, penalised.Core.TrainStep(data.Inputs, default, default, default, (float[])data.Targets, new Sgd(0.1)), 1e-9);
    }

    [Fact]
    public void Schedule_sets_the_rate_and_gives_it_back()
    {
        using var network = Problems.RegressionNetwork();
        var optimizer = new Sgd(0.1);
        var data = Problems.Regression(64);
        var history = Trainer.Fit(network, data, optimizer, new() { Epochs = 3, Schedule = new ExponentialDecay(0.5) });
        Assert.Equal([0.1, 0.05, 0.025], history["learning_rate"]);
        Assert.Equal(0.1, optimizer.LearningRate);

        var steps = new Recorder();
        Trainer.Fit(network, data, optimizer, new()
        {
            Epochs = 2,
            BatchSize = 32,
            Callbacks = [steps],
            Schedule = new LinearWarmup(4, 0.2) { EveryStep = true },
        });
        Assert.Equal([0.02, 0.04, 0.06, 0.08], steps.Rates.Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void No_step_allocates()
    {
        using var network = Problems.ClassNetwork();
        network.Core.Threads = 1;
        var options = new FitOptions<Shape<N3>, ClassIndex<N4>> { BatchSize = 16, AccumulateSteps = 2, ClassWeights = [1, 1, 1, 2] };
        using var stepper = new Stepper(network.Core, Problems.Classes(64), new Adam { ClipNorm = 1 }, options);
        int[] places = [.. Enumerable.Range(0, 64)];
        for (var i = 0; i < 3; i++)
        {
            stepper.Step(places, 0, 32);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        stepper.Step(places, 32, 32);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Training_may_run_in_the_background()
    {
        using var network = Problems.RegressionNetwork();
        var history = await Trainer.FitAsync(network, Problems.Regression(50), new Sgd(0.1), new() { Epochs = 2 });
        Assert.Equal(2, history.Count);
    }

    [Fact]
    public void No_epochs_change_nothing()
    {
        using var network = Problems.RegressionNetwork();
        var before = Problems.Bits(network.Core);
        Assert.Empty(Trainer.Fit(network, Problems.Regression(50), new Sgd(0.1), new() { Epochs = 0 }));
        Assert.Equal(before, Problems.Bits(network.Core));
    }

    [Fact]
    public void Impossible_options_are_refused_and_change_nothing()
    {
        using var network = Problems.ClassNetwork();
        var data = Problems.Classes(20);
        var before = Problems.Bits(network.Core);

        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new() { Epochs = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new() { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new() { AccumulateSteps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new() { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new() { ValidationSplit = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new() { ClassWeights = [1, -1, 1, 1] }));
        Assert.Contains("4 classes", Assert.Throws<ArgumentException>(() => Fit(new() { ClassWeights = [1, 1] })).Message, StringComparison.Ordinal);
        Assert.Contains("not both", Assert.Throws<ArgumentException>(
            () => Fit(new() { Validation = data, ValidationSplit = 0.5 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Fit(new() { Validation = data.Take(0) }));
        Assert.Throws<ArgumentException>(() => Trainer.Fit(network, data.Take(0), new Sgd(0.1)));
        Assert.Throws<ArgumentException>(() => Trainer.Evaluate(network, data.Take(0)));
        Assert.Throws<ArgumentNullException>(() => Trainer.Fit(network, data, null!));
        Assert.Throws<DirectoryNotFoundException>(() => Fit(new() { Callbacks = [new CsvLogger("/none/such/file.csv")] }));
        Assert.Throws<DirectoryNotFoundException>(() => Fit(new() { Callbacks = [new Checkpoint("/none/such/file")] }));
        Assert.Throws<FileNotFoundException>(() => Fit(new() { ResumeFrom = "/none" }));
        using var regression = Problems.RegressionNetwork();
        Assert.Contains("class indices", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(regression, Problems.Regression(9), new Sgd(0.1), new() { ClassWeights = [1, 1] })).Message, StringComparison.Ordinal);

        Assert.Equal(before, Problems.Bits(network.Core));
        Assert.Equal(0, network.Core.Steps);

        void Fit(FitOptions<Shape<N3>, ClassIndex<N4>> options) => Trainer.Fit(network, data, new Sgd(0.1), options);
    }

    [Fact]
    public void Several_inputs_lie_one_after_the_other()
    {
        var info = LinearNetwork.Describe(3, 1, classes: false) with { InputSizes = [2, 1] };
        var data = Dataset.FromParts<Inputs<Shape<N2>, Shape<N1>>, Shape<N1>>([[1, 2, 3, 4, 5, 6], [7, 8, 9]], [10f, 11, 12]);
        using var batches = new Batches(info, 3);

        batches.Fill(data, [2, 0, 1], 0, 2, round: null, threads: 1);

        Assert.Equal([5, 6, 1, 2, 9, 7], Enumerable.Range(0, 6).Select(i => Address.ToRef(batches.Inputs + (i * sizeof(float)))));
        Assert.Equal([12, 10], Enumerable.Range(0, 2).Select(i => Address.ToRef(batches.Targets + (i * sizeof(float)))));
        Assert.Equal(0, batches.Inputs % 64);
    }

    private sealed class Recorder : Callback
    {
        public List<double> Rates { get; } = [];

        public override void OnStepEnd(FitContext context, double loss) => Rates.Add(context.Optimizer.LearningRate);
    }
}
