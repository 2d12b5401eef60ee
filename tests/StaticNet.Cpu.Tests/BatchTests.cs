using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests;

/// <summary>What a network gives depends on its parameters and the batch alone: not on threads, on batches before, or on what memory held.</summary>
public class BatchTests
{
    public static TheoryData<string> Networks => [.. ReferenceNetworks.Names];

    /// <summary>Networks large enough that threads share their work.</summary>
    public static TheoryData<string> LargeNetworks => ["mlp/784-128-10", "shapes/around-panels", "shapes/large-weights", "shapes/dropouts", "shapes/four-inputs"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nothing_is_read_that_was_not_written(string name)
    {
        using var fresh = Create(name);
        using var poisoned = Create(name);
        foreach (var batch in ((int[])[1, 3, 11, 12, 13, 31]).Where(batch => batch >= fresh.Info.MinimumTrainingBatch))
        {
            var expected = Outcome.Of(fresh, batch);
            Outcome.AssertSame(expected, Outcome.Of(poisoned, batch, before: () => poisoned.Core.Poison(float.NaN)), $"batch {batch}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Batches_of_other_sizes_leave_no_trace(string name)
    {
        using var network = Create(name);
        var first = Outcome.Of(network, 256);
        using (var other = Create(name))
            Outcome.AssertSame(Outcome.Of(other, 3), Outcome.Of(network, 3), "batch 3 after 256");
        Outcome.AssertSame(first, Outcome.Of(network, 256), "batch 256 after 3");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_samples_are_a_batch(string name)
    {
        using var network = Create(name);
        var outcome = Outcome.Of(network, 0);
        Assert.All(outcome.Tensors, tensor => Assert.All(tensor.Values, value => Assert.Equal(0, value)));
        if (network.Info.TargetSize > 0)
            Assert.ThrowsAny<ArgumentException>(() => network.TrainStep([], Samples.Targets(network.Info, 0), new Sgd(0.1)));
        var before = network.Parameters();
        network.Differentiate([], []);
        Assert.Equal(before, network.Parameters());
    }

    /// <summary>A sample's output is the same in any batch, within what another order of sums may change.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_sample_does_not_depend_on_its_neighbours(string name)
    {
        using var network = Create(name);
        if (network.Info.InputSizes.Length > 1)
            return;
        var (size, width) = (network.Info.InputSizes[0], network.Info.OutputSize);
        var input = Samples.Inputs(network.Info, 257);
        var whole = network.Infer(ProgramKind.Forward, input);
        foreach (var (start, count) in ((int, int)[])[(0, 1), (1, 2), (100, 11), (100, 12), (100, 13), (226, 31)])
        {
            var part = network.Infer(ProgramKind.Forward, input[(start * size)..((start + count) * size)]);
            var expected = Array.ConvertAll(whole[(start * width)..((start + count) * width)], value => (double)value);
            Agreement.OfTensor<float>(new($"samples {start} to {start + count}", [count, width], expected), part);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_of_inputs_that_nobody_wants_change_nothing_else(string name)
    {
        using var network = Create(name);
        var (input, outputGradient) = (Samples.Inputs(network.Info, 13), Samples.OutputGradients(network.Info, 13));
        network.Core.Steps = 0;
        var all = network.Differentiate(input, outputGradient, _ => true);
        var expected = network.Gradients();
        for (var wanted = 0; wanted < 1 << network.Info.InputSizes.Length; wanted++)
        {
            network.Core.Poison(float.NaN);
            network.Core.Steps = 0;
            var some = network.Differentiate(input, outputGradient, i => (wanted >> i & 1) != 0);
            Assert.Equal(expected, network.Gradients());
            var start = 0;
            for (var i = 0; i < network.Info.InputSizes.Length; i++)
            {
                var part = start..(start + (13 * network.Info.InputSizes[i]));
                Assert.Equal((wanted >> i & 1) != 0 ? all[part] : new float[all[part].Length], some[part]);
                start = part.End.Value;
            }
        }
    }

    [Theory]
    [MemberData(nameof(LargeNetworks))]
    public void Threads_do_not_change_a_bit(string name)
    {
        foreach (var batch in (int[])[1, 13, 257])
        {
            using var alone = Create(name);
            alone.Core.Threads = 1;
            var expected = Outcome.Of(alone, batch, steps: 10);
            foreach (var threads in (int[])[2, 4])
            {
                using var shared = Create(name);
                shared.Core.Threads = threads;
                Outcome.AssertSame(expected, Outcome.Of(shared, batch, steps: 10), $"batch {batch}, {threads} threads");
            }
        }
    }

    private static NetworkUnderTest Create(string name) => new(ReferenceNetworks.Create(name));
}
