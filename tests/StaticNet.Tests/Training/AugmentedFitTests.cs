using StaticNet.Execution;
using StaticNet.Tests.Data;

namespace StaticNet.Tests.Training;

public class AugmentedFitTests
{
    private static Dataset<Shape<N4, N4, N1>, ClassIndex<N4>> Data => AugmentationTests.Numbered(100)
        .Augment(images => images.RandomShift(1).RandomHorizontalFlip().RandomRotation(30).Normalize([0.5], [0.25]));

    [Fact]
    public void Training_sees_what_seed_epoch_and_sample_give()
    {
        using var fitted = Network();
        using var stepped = Network();
        Trainer.Fit(fitted, Data, new Sgd(0.1), new() { Epochs = 3, BatchSize = 30, Seed = 9 });

        var optimizer = new Sgd(0.1);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var round = stepped.Core.Steps;
            var order = Enumerable.Range(0, 100).ToArray();
            Shuffling.Shuffle(order, 9, round);
            foreach (var batch in order.Chunk(30))
            {
                float[] inputs = [.. batch.SelectMany(place => Data.Augmented(place, 9, round).Values.ToArray())];
                int[] labels = [.. batch.Select(place => place % 4)];
                stepped.Core.TrainStep(inputs, default, default, default, labels, optimizer);
            }
        }

        Assert.Equal(Problems.Bits(stepped.Core), Problems.Bits(fitted.Core));
    }

    [Fact]
    public void Threads_and_interruptions_change_nothing()
    {
        var expected = Fit(Data, threads: 1);
        Assert.Equal(expected, Fit(Data, threads: 3));
        Assert.NotEqual(expected, Fit(Data, threads: 1, seed: 2));
        Assert.NotEqual(expected, Fit(AugmentationTests.Numbered(100), threads: 1));

        foreach (var steps in new[] { 1, 5, 9 })
        {
            using var folder = new TemporaryFolder();
            using var interruption = new Interruption(folder["c"], steps);
            Assert.Throws<OperationCanceledException>(() => Fit(Data, threads: 1, callback: interruption));
            Assert.Equal(expected, Fit(Data, threads: 2, resume: folder["c"]));
        }
    }

    [Fact]
    public void Evaluation_leaves_nothing_to_chance()
    {
        using var network = Network();
        var plain = AugmentationTests.Numbered(100).Augment(images => images.Normalize([0.5], [0.25]));
        Assert.Equal(Trainer.Evaluate(network, plain).Loss, Trainer.Evaluate(network, Data).Loss);
        var history = Trainer.Fit(network, Data, new Sgd(0.1), new() { Validation = Data, BatchSize = 30 });
        Assert.Equal(Trainer.Evaluate(network, plain).Loss, history["val_loss"][0], 1e-9);
    }

    [Fact]
    public void Targets_that_are_the_inputs_are_augmented_with_them()
    {
        var data = Data.ToAutoencoder();
        using var batches = new Batches(LinearNetwork.Describe(16, 16, classes: false), 8);
        int[] places = [3, 1, 4, 15, 9];
        batches.Fill(data, places, start: 1, count: 3, AugmentationRound.Of(1, 0), threads: 1);
        unsafe
        {
            for (var i = 0; i < 48; i++)
            {
                Assert.Equal(((float*)batches.Inputs)[i], ((float*)batches.Targets)[i]);
                Assert.Equal(data.Augmented(places[1 + (i / 16)], 1).Values[i % 16], ((float*)batches.Inputs)[i]);
            }
        }
    }

    [Fact]
    public void Filling_again_allocates_nothing()
    {
        using var batches = new Batches(LinearNetwork.Describe(16, 4, classes: true), 100);
        var (data, places) = (Data, Enumerable.Range(0, 100).ToArray());
        batches.Fill(data, places, 0, 100, AugmentationRound.Of(1, 0), threads: 2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 1; round < 20; round++)
        {
            batches.Fill(data, places, 0, 100, AugmentationRound.Of(1, round), threads: 2);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static LinearNetwork<Shape<N4, N4, N1>, ClassIndex<N4>> Network() => new(LinearNetwork.Describe(16, 4, classes: true));

    private static int[] Fit(
        Dataset<Shape<N4, N4, N1>, ClassIndex<N4>> data, int threads, int seed = 1, Interruption? callback = null, string? resume = null)
    {
        using var network = Network();
        Trainer.Fit(network, data, new Adam(0.1), new()
        {
            Epochs = 3,
            BatchSize = 30,
            Seed = seed,
            Threads = threads,
            Callbacks = callback is null ? [] : [new Checkpoint(callback.Path), callback],
            CancellationToken = callback?.Token ?? default,
            ResumeFrom = resume,
        });
        return Problems.Bits(network.Core);
    }
}
