using StaticNet.Cuda.Tests.Networks;
using StaticNet.Execution;

namespace StaticNet.Cuda.Tests;

/// <summary>The same on a GPU, where this machine has one.</summary>
public sealed class GpuTests
{
    [Fact]
    public void Inference_and_training_agree()
    {
        using var pair = new Linear(Gpu(), l1: 0.01, l2: 0.02);
        var (cpu, cuda) = (new Adam(0.05) { ClipNorm = 1 }, new Adam(0.05) { ClipNorm = 1 });

        for (var step = 0; step < 20; step++)
        {
            var samples = pair.Samples(step % 5 == 3 ? 3 : 8);
            Assert.Equal(pair.Cpu.TrainStep(samples, cpu), pair.Cuda.TrainStep(samples, cuda), 1e-6);
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, samples.Input), pair.Cuda.Infer(ProgramKind.Forward, samples.Input), "outputs");
        }

        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
    }

    [Theory]
    [MemberData(nameof(OptimizerTests.Cases), MemberType = typeof(OptimizerTests))]
    public void Updates_are_the_processors_to_the_last_bit(int optimizer, double l1, double l2) =>
        OptimizerTests.CompareUpdates(Gpu(), optimizer, l1, l2);

    [Fact]
    public void Large_batches_are_worked_on_in_parts()
    {
        using var pair = new Linear(Gpu());
        var input = pair.Numbers(2_000_000 * Linear.Inputs);
        Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, input), pair.Cuda.Infer(ProgramKind.Forward, input), "outputs");
    }

    [Fact]
    public void Lives_leave_nothing_behind()
    {
        var device = Gpu();
        for (var life = 0; life < 20; life++)
        {
            using var pair = new Linear(device);
            pair.Cuda.TrainStep(pair.Samples(8), new Adam());
        }
    }

    private static Device Gpu()
    {
        Assert.SkipUnless(Device.Cuda.IsAvailable, Device.Cuda.Description);
        return Device.Cuda;
    }
}
