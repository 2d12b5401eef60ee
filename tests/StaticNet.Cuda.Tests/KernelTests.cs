using StaticNet.Cuda.Kernels;
using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Execution;

namespace StaticNet.Cuda.Tests;

/// <summary>The library's own kernels as such: a real assembler takes them, the order of execution does not matter, and memory is used well.</summary>
public sealed class KernelTests
{
    public static TheoryData<string> Rules =>
        ["sgd", "sgd_momentum", "sgd_nesterov", "adagrad", "rmsprop", "rmsprop_momentum", "adam"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Updates_are_assembled(string rule) => Assemble(UpdateKernels.Text(UpdateRules.Of(rule)));

    [Fact]
    public void Norms_are_assembled() => Assemble(NormKernels.Text);

    [Fact]
    public void Penalties_are_assembled() => Assemble(PenaltyKernel.Text);

    [Fact]
    public void Sums_of_gradients_are_assembled() => Assemble(AddKernel.Text);

    [Theory]
    [InlineData(ScheduleOrder.Forward)]
    [InlineData(ScheduleOrder.Reverse)]
    [InlineData(ScheduleOrder.Random)]
    [InlineData(ScheduleOrder.Interleaved)]
    public void Any_order_of_execution_gives_the_same_bits(ScheduleOrder order) =>
        Agreement.OfBits(Train(ScheduleOrder.Forward), Train(order), $"parameters in order {order}");

    [Fact]
    public void Memory_is_read_and_written_in_vectors_and_whole_sectors()
    {
        using var gpu = new VirtualGpu();
        Train(gpu);

        Assert.Equal(["penalties", "scale", "squares", "update"], gpu.Virtual.Launches.Select(launch => launch.Kernel).Distinct().Order());
        Assert.All(gpu.Virtual.Launches, launch => Assert.Equal(0, launch.BankConflictCycles));
        Assert.All(gpu.Virtual.Launches.Where(launch => launch.Kernel == "update"), launch =>
        {
            Assert.InRange(launch.SectorEfficiency, 0.95, 1);
            Assert.InRange(launch.ShareBy16, 0.98, 1);
        });
    }

    private static void Assemble(string text)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("STATICNET_PTXAS")), "STATICNET_PTXAS names no assembler.");
        Assembler.Check(text);
    }

    private static float[] Train(ScheduleOrder order)
    {
        using var gpu = new VirtualGpu(new() { Launches = new() { Order = order, Seed = 1 } });
        return Train(gpu);
    }

    private static float[] Train(VirtualGpu gpu)
    {
        using var core = ManyParameters.Make(ManyParameters.Describe(), gpu.Device);
        var (random, optimizer) = (new Random(5), new Adam(0.01) { ClipNorm = 3 });
        for (var step = 0; step < 2; step++)
        {
            foreach (ref var gradient in core.GradientSpan)
                gradient = (float)random.NextDouble() - 0.5f;
            core.Step(optimizer);
        }

        return [.. core.ParameterSpan, (float)core.Penalty()];
    }
}
