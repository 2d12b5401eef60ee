using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests;

/// <summary>One network used by several threads, at the wrong moment, with the wrong memory, or after its end.</summary>
public class UseTests
{
    [Theory]
    [InlineData("mlp/784-128-10")]
    [InlineData("graphs/concat")]
    [InlineData("shapes/dropouts")]
    public async Task Eight_threads_predict_at_once(string name)
    {
        using var network = new NetworkUnderTest(ReferenceNetworks.Create(name));
        int[] batches = [1, 3, 12, 13, 31, 64, 100, 257];
        var inputs = batches.Select(batch => Samples.Inputs(network.Info, batch, seed: (uint)batch)).ToArray();
        var expected = inputs.Select(input => network.Infer(ProgramKind.Predict, input)).ToArray();
        using var start = new Barrier(batches.Length);
        var cancellation = TestContext.Current.CancellationToken;

        await Task.WhenAll(batches.Select((_, i) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(cancellation);
                for (var repeat = 0; repeat < 10; repeat++)
                    Assert.Equal(expected[i], network.Infer(ProgramKind.Predict, inputs[i]));
            },
            cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    [Fact]
    public void While_one_changes_the_network_nobody_else_may_use_it()
    {
        using var network = new NetworkUnderTest(ReferenceNetworks.Create("mlp/784-128-10"));
        var (input, target) = (Samples.Inputs(network.Info, 3), Samples.Targets(network.Info, 3));
        using (network.Core.Exclusive())
        {
            Assert.Throws<InvalidOperationException>(() => network.Infer(ProgramKind.Predict, input));
            Assert.Throws<InvalidOperationException>(() => network.TrainStep(input, target, new Sgd(0.1)));
            Assert.Throws<InvalidOperationException>(() => network.Differentiate(input, Samples.OutputGradients(network.Info, 3)));
            Assert.Throws<InvalidOperationException>(network.Dispose);
        }

        network.TrainStep(input, target, new Sgd(0.1));
    }

    [Fact]
    public void While_others_predict_nobody_may_change_the_network()
    {
        using var network = new NetworkUnderTest(ReferenceNetworks.Create("mlp/784-128-10"));
        var (input, target) = (Samples.Inputs(network.Info, 3), Samples.Targets(network.Info, 3));
        var before = network.Parameters();
        using (network.Core.Shared())
        {
            Assert.Throws<InvalidOperationException>(() => network.TrainStep(input, target, new Sgd(0.1)));
            Assert.Throws<InvalidOperationException>(() => network.Core.Step(new Sgd(0.1)));
            Assert.Throws<InvalidOperationException>(() => network.Differentiate(input, Samples.OutputGradients(network.Info, 3)));
            Assert.Throws<InvalidOperationException>(network.Dispose);
            network.Infer(ProgramKind.Predict, input);
        }

        Assert.Equal(before["dense1.weight"], network.Parameters()["dense1.weight"]);
    }

    [Fact]
    public void What_was_disposed_of_says_so()
    {
        using var network = new Mlp128(seed: 1);
        var (input, output) = (new float[784], new float[10]);
        var weight = network.Dense1.Weight;
        network.Predict(input, output);
        network.Dispose();
        network.Dispose();

        Assert.Throws<ObjectDisposedException>(() => network.Predict(input, output));
        Assert.Throws<ObjectDisposedException>(() => network.Forward(input, output));
        Assert.Throws<ObjectDisposedException>(() => network.Record(input, output));
        Assert.Throws<ObjectDisposedException>(() => network.Backward(input, output, new float[784]));
        Assert.Throws<ObjectDisposedException>(() => network.TrainStep(input, [1], new Sgd(0.1)));
        Assert.Throws<ObjectDisposedException>(() => network.Step(new Sgd(0.1)));
        Assert.Throws<ObjectDisposedException>(() => network.Reserve(3));
        Assert.Throws<ObjectDisposedException>(() => weight[0, 0]);
    }

    [Fact]
    public void Spans_that_share_memory_are_refused()
    {
        using var network = new EluAlone();
        var memory = new float[400];
        memory.AsSpan().Fill(2);
        foreach (var shift in (int[])[-107, -1, 0, 1, 107])
        {
            Assert.Throws<ArgumentException>(() => network.Predict(memory.AsSpan(150, 108), memory.AsSpan(150 + shift, 108)));
            Assert.Throws<ArgumentException>(() => network.Record(memory.AsSpan(150, 108), memory.AsSpan(150 + shift, 108)));
            network.Record(memory.AsSpan(150, 108), new float[108]);
            Assert.Throws<ArgumentException>(() => network.Backward(memory.AsSpan(150, 108), new float[108], memory.AsSpan(150 + shift, 108)));
            Assert.Throws<ArgumentException>(() => network.Backward(new float[108], memory.AsSpan(150, 108), memory.AsSpan(150 + shift, 108)));
        }

        Assert.All(memory, value => Assert.Equal(2, value));
        network.Predict(memory.AsSpan(0, 108), memory.AsSpan(108, 108));
    }

    [Fact]
    public void Every_one_of_several_inputs_must_be_apart_from_the_output()
    {
        using var network = new ConcatGraph(seed: 1);
        var memory = new float[64];
        Assert.Throws<ArgumentException>(() => network.Predict(memory.AsSpan(0, 8), memory.AsSpan(8, 16), memory.AsSpan(4, 5)));
        Assert.Throws<ArgumentException>(() => network.Predict(memory.AsSpan(0, 8), memory.AsSpan(8, 16), memory.AsSpan(23, 5)));
        Assert.Throws<ArgumentException>(() => network.Predict(memory.AsSpan(0, 16), memory.AsSpan(16, 16), memory.AsSpan(32, 5)));
        network.Predict(memory.AsSpan(0, 8), memory.AsSpan(8, 16), memory.AsSpan(24, 5));
    }

    [Fact]
    public void Bad_samples_change_nothing()
    {
        using var network = new Mlp128(seed: 1);
        var (input, before) = (new float[2 * 784], new float[128 * 784]);
        network.Dense1.Weight.CopyTo(before);

        Assert.Throws<ArgumentException>(() => network.TrainStep(input.AsSpan(1), [1, 2], new Sgd(0.1)));
        Assert.Throws<ArgumentException>(() => network.TrainStep(input, [1], new Sgd(0.1)));
        Assert.Throws<ArgumentException>(() => network.TrainStep([], [], new Sgd(0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainStep(input, [1, 10], new Sgd(0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainStep(input, [-1, 1], new Sgd(0.1)));
        Assert.Throws<ArgumentNullException>(() => network.TrainStep(input, [1, 2], null!));
        Assert.Throws<ArgumentException>(() => network.Predict(input, new float[10]));
        Assert.Throws<InvalidOperationException>(() => network.Backward(input, new float[20]));

        var after = new float[before.Length];
        network.Dense1.Weight.CopyTo(after);
        Assert.Equal(before, after);
    }
}
