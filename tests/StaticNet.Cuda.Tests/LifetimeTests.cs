using System.Runtime.CompilerServices;
using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;
using DriverResult = StaticNet.PtxVm.Driver.CudaResult;

namespace StaticNet.Cuda.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public void Nothing_is_left_after_everything_was_used()
    {
        using var gpu = new VirtualGpu();
        using (var pair = new Linear(gpu.Device, l1: 0.1))
        {
            Use(pair.Cuda, pair);
            Assert.False(gpu.Virtual.Live.IsEmpty);
        }

        Assert.True(gpu.Virtual.Live.IsEmpty);
    }

    [Fact]
    public void Ten_thousand_lives_leave_nothing_behind()
    {
        using var gpu = new VirtualGpu();
        Live(500);
        Assert.True(gpu.Virtual.Live.IsEmpty);
        Assert.Equal(500, gpu.Calls("cuDevicePrimaryCtxRetain"));

        // Beside another network of their class, they find context and kernels there.
        using (Linear.Make(gpu.Device))
        {
            var before = gpu.Virtual.Live;
            Live(9500);
            Assert.Equal(before, gpu.Virtual.Live);
        }

        Assert.True(gpu.Virtual.Live.IsEmpty);

        void Live(int lives)
        {
            for (var life = 0; life < lives; life++)
            {
                using var core = Linear.Make(gpu.Device);
            }
        }
    }

    [Fact]
    public void Networks_of_a_class_share_its_module_and_the_context()
    {
        using var gpu = new VirtualGpu();
        using (var first = Linear.Make(gpu.Device))
        using (var second = Linear.Make(gpu.Device))
        {
            Assert.Equal(1, gpu.Virtual.Live.Contexts);
            Assert.Equal(1, gpu.Calls("cuModuleLoadDataEx"));
            first.Dispose();
            Assert.Equal(new float[Linear.Outputs], second.Infer(ProgramKind.Forward, new float[Linear.Inputs]));
        }

        Assert.True(gpu.Virtual.Live.IsEmpty);
    }

    [Fact]
    public void A_network_that_nobody_disposed_goes_with_the_garbage()
    {
        using var gpu = new VirtualGpu();
        VirtualGpu.OfFinalizers = gpu;
        try
        {
            Forget(gpu.Device);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.True(gpu.Virtual.Live.IsEmpty);
        }
        finally
        {
            VirtualGpu.OfFinalizers = null;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(Device device)
        {
            var core = Linear.Make(device);
            core.TrainStep((new float[4 * Linear.Inputs], new float[4 * Linear.Outputs]), new Adam());
        }
    }

    /// <summary>Every function that can refuse is made to, each time that it is called while a network is made and used.</summary>
    [Theory]
    [InlineData("cuDevicePrimaryCtxRetain")]
    [InlineData("cuModuleLoadDataEx")]
    [InlineData("cuModuleGetFunction")]
    [InlineData("cuMemAlloc_v2")]
    [InlineData("cuMemHostAlloc")]
    [InlineData("cuStreamCreate")]
    [InlineData("cuEventCreate")]
    [InlineData("cuMemsetD32Async")]
    [InlineData("cuMemcpyHtoDAsync_v2")]
    [InlineData("cuMemcpyDtoHAsync_v2")]
    [InlineData("cuLaunchKernel")]
    [InlineData("cuStreamBeginCapture_v2")]
    [InlineData("cuStreamEndCapture")]
    [InlineData("cuGraphInstantiateWithFlags")]
    [InlineData("cuGraphLaunch")]
    [InlineData("cuEventRecord")]
    [InlineData("cuStreamWaitEvent")]
    [InlineData("cuEventSynchronize")]
    public void Nothing_is_left_when_a_call_fails(string function)
    {
        using var gpu = new VirtualGpu();
        var (calls, failures) = (int.MaxValue, 0);
        for (var refused = 0; refused < calls; refused++)
        {
            var call = 0;
            gpu.Refuses = name => name == function && call++ == refused ? DriverResult.OutOfMemory : null;
            try
            {
                using var pair = new Linear(gpu.Device, l1: 0.1);
                Use(pair.Cuda, pair);
            }
            catch (CudaException error)
            {
                Assert.Equal("CUDA_ERROR_OUT_OF_MEMORY", error.Error);
                failures++;
            }

            calls = call;
            Assert.True(gpu.Virtual.Live.IsEmpty, $"after refusing call {refused} of {function}: {gpu.Virtual.Live}");
        }

        Assert.Equal(calls, failures);
        Assert.InRange(failures, 1, 1000);
    }

    [Fact]
    public void A_network_works_on_after_a_refusal()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        var (cpu, cuda) = (new Adam(0.01), new Adam(0.01));
        var samples = pair.Samples(4);
        gpu.Refuses = name => name == "cuMemHostAlloc" ? DriverResult.OutOfMemory : null;
        Assert.Throws<CudaException>(() => pair.Cuda.Infer(ProgramKind.Forward, samples.Input));
        gpu.Refuses = _ => null;

        Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, samples.Input), pair.Cuda.Infer(ProgramKind.Forward, samples.Input), "outputs");
        Assert.Equal(pair.Cpu.TrainStep(samples, cpu), pair.Cuda.TrainStep(samples, cuda), 1e-6);
    }

    private static void Use(NetworkCore core, Linear pair)
    {
        var samples = pair.Samples(4);
        var optimizer = new Adam() { ClipNorm = 1 };
        for (var run = 0; run < 2; run++)
        {
            core.Infer(ProgramKind.Forward, samples.Input);
            core.Evaluate(samples);
            core.TrainStep(samples, optimizer);
            TrainAhead(core, samples, optimizer);
            core.Accumulate(samples, first: true);
            core.Accumulate(samples, first: false);
            core.Step(optimizer);
            core.Differentiate(samples.Input, samples.Target);
            _ = core.Penalty();
            _ = core.ParameterSpan;
        }
    }

    private static unsafe void TrainAhead(NetworkCore core, (float[] Input, float[] Target) samples, Optimizer optimizer)
    {
        fixed (float* x = samples.Input, t = samples.Target)
        {
            var (input, target, ticket) = ((nint)x, (nint)t, 0L);
            core.TrainStep(4, input, target, 0, optimizer, meanwhile: () => ticket = core.SendAhead(4, input, target, 0));
            core.TrainStep(4, input, target, 0, optimizer, ticket);
        }
    }
}
