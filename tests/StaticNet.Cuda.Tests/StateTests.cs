using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;

namespace StaticNet.Cuda.Tests;

public sealed class StateTests
{
    [Fact]
    public void Without_a_driver_nothing_is_thrown_until_CUDA_is_asked_for()
    {
        var driver = new CudaDriver(null);
        var device = new Device(driver);

        Assert.Equal(CudaState.NoDriver, driver.State);
        Assert.False(device.IsAvailable);
        Assert.Contains("Install it", device.Description, StringComparison.Ordinal);
        var error = Assert.Throws<CudaException>(() => Linear.Make(device));
        Assert.Equal(device.Description, error.Message);
        Assert.Null(error.Error);
    }

    [Fact]
    public void A_driver_without_a_device_says_what_to_check()
    {
        using var gpu = new VirtualGpu(new() { Devices = 0 });

        Assert.Equal(CudaState.NoDevice, gpu.Driver.State);
        Assert.Contains("CUDA_ERROR_NO_DEVICE", gpu.Device.Description, StringComparison.Ordinal);
        Assert.Contains("nvidia-smi", gpu.Device.Description, StringComparison.Ordinal);
        Assert.Equal("CUDA_ERROR_NO_DEVICE", Assert.Throws<CudaException>(() => Linear.Make(gpu.Device)).Error);
    }

    [Theory]
    [InlineData(11020, 80, "for CUDA 11.2: install one for CUDA 11.4 or later")]
    [InlineData(12020, 75, "compute capability 7.5, but 8.0 (Ampere) or later is needed")]
    public void What_is_too_old_is_named(int version, int capability, string message)
    {
        using var gpu = new VirtualGpu(new() { DriverVersion = version, ComputeCapability = capability });

        Assert.Equal(CudaState.TooOld, gpu.Driver.State);
        Assert.Contains(message, gpu.Device.Description, StringComparison.Ordinal);
        Assert.Throws<CudaException>(() => Linear.Make(gpu.Device));
    }

    [Fact]
    public void A_driver_that_lacks_a_function_is_too_old()
    {
        using var gpu = new VirtualGpu();
        var driver = new CudaDriver(name => VirtualExports.Find(name == "cuGraphInstantiateWithFlags" ? "cuGraphInstantiateOfLater" : name));

        Assert.Equal(CudaState.TooOld, driver.State);
        Assert.Contains("cuGraphInstantiateOfLater", driver.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_ready_is_described()
    {
        using var gpu = new VirtualGpu(new() { ComputeCapability = 90 });

        Assert.Equal(CudaState.Ready, gpu.Driver.State);
        Assert.True(gpu.Device.IsAvailable);
        Assert.Equal("StaticNet PTX virtual machine, compute capability 9.0, driver for CUDA 12.2", gpu.Device.Description);
        Assert.True(gpu.Virtual.Live.IsEmpty);
    }

    [Fact]
    public void Falling_back_is_said_once()
    {
        var before = Device.Notices;
        using var notices = new StringWriter();
        try
        {
            Device.Notices = notices;
            using var gpu = new VirtualGpu(new() { Devices = 0 });
            Assert.Same(Device.Cpu, gpu.Device.OrCpu());
            Assert.Same(Device.Cpu, gpu.Device.OrCpu());
            Assert.Equal($"StaticNet runs on the processor. {gpu.Device.Description}{Environment.NewLine}", notices.ToString());

            using var ready = new VirtualGpu();
            Assert.Same(ready.Device, ready.Device.OrCpu());
            Assert.Same(Device.Cpu, Device.Cpu.OrCpu());
        }
        finally
        {
            Device.Notices = before;
        }
    }

    [Fact]
    public void The_state_of_this_machine_can_be_asked_for()
    {
        Assert.Equal(Device.CudaState == CudaState.Ready, Device.Cuda.IsAvailable);
        Assert.NotEmpty(Device.Cuda.Description);
        Assert.True(Device.Cpu.IsAvailable);
        Assert.Equal(("cpu", "cuda"), (Device.Cpu.ToString(), Device.Cuda.ToString()));
    }

    [Fact]
    public void A_network_without_kernels_stays_on_the_processor()
    {
        using var gpu = new VirtualGpu();
        using var pair = new Linear(gpu.Device);
        using var core = new Execution.NetworkCore(pair.Info, 3, () => new StaticNet.Tests.Training.LinearWorkspace(pair.Info));

        Assert.Contains("StaticNetEmitPtx", Assert.Throws<InvalidOperationException>(() => core.To(gpu.Device)).Message, StringComparison.Ordinal);
        Assert.Same(Device.Cpu, core.Device);
    }
}
