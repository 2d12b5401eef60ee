using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;
using StaticNet.Execution;

namespace StaticNet.Cuda.Tests;

public sealed class ErrorTests
{
    [Fact]
    public void A_module_that_does_not_compile_says_why()
    {
        using var gpu = new VirtualGpu();

        var error = Assert.Throws<CudaException>(() => Linear.Make(gpu.Device, programs: info => new TextPrograms(info, text => text.Replace("fma.rn.f32", "fma.f32", StringComparison.Ordinal))));

        Assert.Equal("CUDA_ERROR_INVALID_PTX", error.Error);
        Assert.Contains("Loading the kernels of Linear failed", error.Message, StringComparison.Ordinal);
        Assert.Matches("The driver's compiler says: line [0-9]+: .* is not in the subset: fma\\.f32 %sum, %a, %b, %sum;$", error.Message);
        Assert.True(gpu.Virtual.Live.IsEmpty);
    }

    [Fact]
    public void A_kernel_that_is_not_there_is_named()
    {
        using var gpu = new VirtualGpu();

        var error = Assert.Throws<CudaException>(() => Linear.Make(gpu.Device, programs: info => new TextPrograms(info, text => text.Replace("entry loss", "entry lost", StringComparison.Ordinal))));

        Assert.Equal("CUDA_ERROR_NOT_FOUND", error.Error);
        Assert.Contains("'loss' of Linear", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_that_is_refused_names_its_layer()
    {
        using var gpu = new VirtualGpu();
        using var core = Linear.Make(gpu.Device, programs: info => new WidePrograms(info));

        var error = Assert.Throws<CudaException>(() => core.Infer(ProgramKind.Forward, new float[Linear.Inputs]));

        Assert.Equal("dense1: Dense", error.Layer);
        Assert.Equal("Launching a kernel failed in layer 'dense1: Dense': CUDA_ERROR_INVALID_VALUE (invalid value).", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_kernel_that_fails_names_its_layer_when_launches_are_checked(bool checks)
    {
        using var gpu = new VirtualGpu(checksLaunches: checks);
        var error = default(CudaException);
        using (var core = Linear.Make(gpu.Device, programs: info => new TextPrograms(info, text => text.Replace("st.global.f32 [%y], %sum", "st.global.f32 [%y+65536], %sum", StringComparison.Ordinal))))
        {
            error = Assert.Throws<CudaException>(() => core.Infer(ProgramKind.Forward, new float[Linear.Inputs]));
            Assert.Equal("CUDA_ERROR_ILLEGAL_ADDRESS", error.Error);
            Assert.Throws<CudaException>(() => core.Infer(ProgramKind.Forward, new float[Linear.Inputs]));
        }

        Assert.Equal(checks ? "dense1: Dense" : null, error.Layer);
        Assert.Equal(!checks, error.Message.Contains("STATICNET_CUDA_CHECK", StringComparison.Ordinal));
        Assert.True(gpu.Virtual.Live.IsEmpty);
    }

    [Fact]
    public void Checked_launches_are_not_captured()
    {
        using var gpu = new VirtualGpu(checksLaunches: true);
        using var pair = new Linear(gpu.Device);
        for (var run = 0; run < 4; run++)
            Agreement.Of(pair.Cpu.Infer(ProgramKind.Forward, new float[Linear.Inputs]), pair.Cuda.Infer(ProgramKind.Forward, new float[Linear.Inputs]), "outputs");

        Assert.Equal(0, gpu.Calls("cuStreamBeginCapture_v2"));
    }

    [Fact]
    public void A_network_that_was_disposed_says_so()
    {
        using var gpu = new VirtualGpu();
        var core = Linear.Make(gpu.Device);
        var bias = core.Parameter(1);
        core.Dispose();

        Assert.Throws<ObjectDisposedException>(() => core.Infer(ProgramKind.Forward, new float[Linear.Inputs]));
        Assert.Throws<ObjectDisposedException>(() => core.To(Device.Cpu));
        Assert.Throws<ObjectDisposedException>(() => bias[0]);
    }

    private sealed class TextPrograms(NetworkInfo info, Func<string, string> change) : LinearPrograms(info)
    {
        protected override string Text => change(base.Text);
    }

    private sealed class WidePrograms(NetworkInfo info) : LinearPrograms(info)
    {
        public override CudaProgram? Program(ProgramKind kind) => base.Program(kind) is { } program
            ? program with { Launches = [.. program.Launches.Select(launch => launch with { Threads = 2048 })] }
            : null;
    }
}
