using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;

namespace StaticNet.Cuda.Tests;

public sealed class GraphTests
{
    private const string Capture = "cuStreamBeginCapture_v2";
    private const string LaunchGraph = "cuGraphLaunch";
    private const string LaunchKernel = "cuLaunchKernel";

    [Fact]
    public void A_training_step_is_captured_once_for_each_batch_size()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var optimizer = new Adam();

        for (var step = 0; step < 6; step++)
        {
            pair.Cuda.TrainStep(pair.Samples(4), optimizer);
            pair.Cuda.TrainStep(pair.Samples(3), optimizer);
        }

        Assert.Equal(2, gpu.Calls(Capture));
        Assert.Equal(10, gpu.Calls(LaunchGraph)); // the first of each size goes launch by launch
        Assert.Equal(2 * 2 * 4, gpu.Calls(LaunchKernel)); // forward, loss, gradient, update: once launched, once captured
        Assert.Equal(12 * 4, gpu.Virtual.Launches.Count);
    }

    [Fact]
    public void Learning_rates_and_random_numbers_change_under_a_captured_step()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Sgd(0.1, momentum: 0.5), new Sgd(0.1, momentum: 0.5));

        for (var step = 0; step < 6; step++)
        {
            var samples = pair.Samples(4);
            cpu.LearningRate = cuda.LearningRate = 0.1 / (1 + step);
            pair.Cpu.TrainStep(samples, cpu);
            pair.Cuda.TrainStep(samples, cuda);
            Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
        }

        Assert.Equal(1, gpu.Calls(Capture));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_are_repeated_without_waiting_in_between(bool atOnce)
    {
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Adam(0.05), new Adam(0.05));
        var samples = pair.Samples(4);
        Assert.Throws<InvalidOperationException>(() => pair.Cpu.RepeatSteps(1, cpu));
        Assert.Throws<InvalidOperationException>(() => pair.Cuda.RepeatSteps(1, cuda));
        pair.Cuda.TrainStep(samples, cuda);
        var waits = gpu.Calls("cuEventSynchronize");

        var actual = pair.Cuda.RepeatSteps(5, cuda);

        Assert.Equal(waits + 1, gpu.Calls("cuEventSynchronize"));
        var expected = 0.0;
        for (var step = 0; step < 6; step++)
            expected = pair.Cpu.TrainStep(samples, cpu);
        Assert.Equal(expected, actual, 1e-6);
        Agreement.Of(pair.Cpu.ParameterSpan, pair.Cuda.ParameterSpan, "parameters");
        Assert.Equal((pair.Cpu.Steps, cpu.StepCount), (pair.Cuda.Steps, cuda.StepCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_passes_are_repeated_on_all_samples_at_once_without_copies(bool atOnce)
    {
        const int Samples = 20;
        using var gpu = new VirtualGpu(new() { RunsStreamsAtOnce = atOnce });
        using var pair = new Linear(gpu.Device);
        using var core = Linear.Make(gpu.Device, programs: info => new LargePrograms(info));
        var (input, output) = (pair.Numbers(Samples * Linear.Inputs), new float[Samples * Linear.Outputs]);
        Assert.Throws<InvalidOperationException>(() => pair.Cpu.TimeForward(input, output, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => core.TimeForward([], [], 1, 1));
        core.Infer(ProgramKind.Forward, input, new float[output.Length]);
        Assert.Equal(2, gpu.Virtual.Launches.Count); // in two parts, since there is so much of each sample
        var (waits, sent, fetched) = Calls();

        Assert.InRange(core.TimeForward(input, output, before: 2, runs: 3), TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));

        Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, input), output, "outputs");
        Assert.Equal(2 + 5, gpu.Virtual.Launches.Count);
        Assert.Equal((waits + 3, sent + 1, fetched + 1), Calls());

        (int, int, int) Calls() => (gpu.Calls("cuEventSynchronize"), gpu.Calls("cuMemcpyHtoDAsync_v2"), gpu.Calls("cuMemcpyDtoHAsync_v2"));
    }

    [Fact]
    public void Kernels_see_the_number_of_the_step()
    {
        using var gpu = new VirtualGpu();
        using var core = Linear.Make(gpu.Device, programs: info => new CountingPrograms(info));
        var output = new float[Linear.Outputs];

        for (var step = 0; step < 4; step++)
        {
            core.Record(new float[Linear.Inputs], default, default, default, output);
            Assert.Equal([3 + (100 * step), 3 + (100 * step), 3 + (100 * step)], output); // the seed is 3
        }

        Assert.Equal(1, gpu.Calls(Capture));
    }

    [Fact]
    public void A_larger_batch_moves_the_memory_and_graphs_follow()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Adam(0.01), new Adam(0.01));

        foreach (var batch in (int[])[2, 2, 2, 700, 2, 2, 700, 700, 2])
        {
            var samples = pair.Samples(batch);
            Assert.Equal(pair.Cpu.TrainStep(samples, cpu), pair.Cuda.TrainStep(samples, cuda), 1e-5);
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, samples.Input), pair.Cuda.Infer(ProgramKind.Forward, samples.Input), "outputs");
        }

        Assert.Null(gpu.Virtual.Fault);
        Assert.InRange(gpu.Virtual.Live.GraphExecutables, 1, 4);
    }

    [Fact]
    public void Sizes_that_never_come_again_are_not_kept()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        pair.Cuda.Infer(ProgramKind.Forward, pair.Numbers(200 * Linear.Inputs));

        for (var batch = 1; batch <= 150; batch++)
        {
            pair.Cuda.Infer(ProgramKind.Forward, new float[batch * Linear.Inputs]);
            pair.Cuda.Infer(ProgramKind.Forward, new float[batch * Linear.Inputs]);
        }

        Assert.InRange(gpu.Virtual.Live.GraphExecutables, 1, 64);
    }

    [Fact]
    public void Optimizers_that_nobody_has_any_more_leave_no_memory_behind()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var samples = pair.Samples(4);
        Train(pair.Cuda, samples);
        var before = gpu.Virtual.Live.DeviceAllocations;

        for (var run = 0; run < 5; run++)
        {
            GC.Collect();
            Train(pair.Cuda, samples);
        }

        Assert.Equal(before, gpu.Virtual.Live.DeviceAllocations);

        static void Train(NetworkCore core, (float[], float[]) samples)
        {
            var optimizer = new Adam();
            core.TrainStep(samples, optimizer);
            core.TrainStep(samples, optimizer);
        }
    }

    /// <summary>Each sample has so much work area that inference takes but 16 at once.</summary>
    private sealed class LargePrograms(NetworkInfo info) : LinearPrograms(info)
    {
        public override CudaProgram? Program(ProgramKind kind) => base.Program(kind) is { } program ? program with { SampleFloats = 600_000 } : null;
    }

    /// <summary>The output in training mode is the key of the random numbers plus a hundred times the step.</summary>
    private sealed class CountingPrograms(NetworkInfo info) : LinearPrograms(info)
    {
        protected override string Text => base.Text + """

            .visible .entry count(.param .u64 pStep, .param .u64 pY, .param .u32 batch)
            {
                .reg .b32 %t; .reg .b64 %p, %key, %step; .reg .f32 %y;
                mov.u32 %t, %tid.x;
                ld.param.u64 %p, [pStep];
                ld.global.u64 %key, [%p];
                ld.global.u64 %step, [%p+8];
                mad.lo.u64 %key, %step, 100, %key;
                cvt.rn.f32.u64 %y, %key;
                ld.param.u64 %p, [pY];
                mad.wide.u32 %p, %t, 4, %p;
                st.global.f32 [%p], %y;
                ret;
            }

            """;

        public override CudaProgram? Program(ProgramKind kind) => kind == ProgramKind.Record
            ? new(0, 0, [new("count", "count", Linear.Outputs, new(1), new(1), new(1), [new(CudaSpace.Step), new(CudaSpace.Output)])])
            : base.Program(kind);
    }
}
