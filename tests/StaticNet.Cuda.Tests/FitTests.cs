using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;

namespace StaticNet.Cuda.Tests;

/// <summary>Whole trainings: batches are sent ahead while a step is worked on, and everything else looks at the network now and then.</summary>
public sealed class FitTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void Training_goes_as_on_the_processor(bool atOnce, int accumulated)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device, l1: 0.001, l2: 0.002);
        var data = Data(pair, 50);

        var (expected, actual) = (Fit(pair.Cpu), Fit(pair.Cuda));

        for (var epoch = 0; epoch < expected.Count; epoch++)
        {
            Assert.Equal(expected[epoch]["loss"], actual[epoch]["loss"], 1e-5);
            Assert.Equal(expected[epoch]["val_loss"], actual[epoch]["val_loss"], 1e-5);
        }

        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");

        History Fit(NetworkCore core) => Trainer.Fit(
            new Network(core),
            data,
            new Adam(0.05) { ClipNorm = 1 },
            new()
            {
                Epochs = 4,
                BatchSize = 8,
                AccumulateSteps = accumulated,
                ValidationSplit = 0.2,
                Schedule = new ExponentialDecay(0.9),
                Callbacks = [new EarlyStopping(2)],
            });
    }

    [Fact]
    public void Batches_are_sent_ahead_into_two_places_and_steps_captured_once_for_each()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var data = Data(pair, 48);

        Trainer.Fit(new Network(pair.Cuda), data, new Sgd(0.1), new() { Epochs = 5, BatchSize = 8 });

        Assert.Equal(3, gpu.Calls("cuStreamBeginCapture_v2")); // and what is measured after each epoch
        Assert.Equal(30, gpu.Virtual.Launches.Count(launch => launch.Kernel == "update"));
    }

    [Fact]
    public void Interrupted_training_goes_on_from_a_checkpoint()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        using var resumed = Linear.Make(gpu.Device);
        var data = Data(pair, 40);
        try
        {
            Trainer.Fit(new Network(pair.Cuda), data, new Adam(0.05), new() { Epochs = 2, Callbacks = [new Checkpoint(path)] });
            Trainer.Fit(new Network(resumed), data, new Adam(0.05), new() { Epochs = 4, ResumeFrom = path });
            Trainer.Fit(new Network(pair.Cpu), data, new Adam(0.05), new() { Epochs = 4 });
        }
        finally
        {
            File.Delete(path);
        }

        Agreement.Of(pair.Cpu.ParameterSpan, resumed.ParameterSpan, "parameters");
    }

    [Fact]
    public void Weights_are_saved_and_loaded()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        using var loaded = Linear.Make(gpu.Device);
        var input = pair.Numbers(4 * Linear.Inputs);
        try
        {
            pair.Cuda.TrainStep(pair.Samples(4), new Sgd(0.1));
            WeightFile.Save(pair.Cuda, path);
            loaded.Infer(ProgramKind.Forward, input);
            WeightFile.Load(loaded, path);
        }
        finally
        {
            File.Delete(path);
        }

        Agreement.OfBits(pair.Cuda.Infer(ProgramKind.Forward, input), loaded.Infer(ProgramKind.Forward, input), "outputs");
    }

    private static Dataset<Shape<N5>, Shape<N3>> Data(Linear pair, int samples) =>
        new(pair.Numbers(samples * Linear.Inputs), pair.Numbers(samples * Linear.Outputs));

    private sealed class Network(NetworkCore core) : ITrainable<Shape<N5>, Shape<N3>>
    {
        public NetworkCore Core { get; } = core;

        public void Dispose() => Core.Dispose();
    }
}
