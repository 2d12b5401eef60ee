using System.Runtime.InteropServices;
using StaticNet.Cuda.Tests.Networks;
using StaticNet.Cuda.Tests.Virtual;

namespace StaticNet.Cuda.Tests;

/// <summary>
/// The real driver's library on a machine without a GPU: the environment variable STATICNET_LIBCUDA names the file. It comes unpacked from
/// Debian's package libcuda1.
/// </summary>
public sealed class LibraryTests
{
    [Fact]
    public void The_library_has_every_function_under_its_name()
    {
        var library = Load();
        Assert.All(VirtualExports.Names, name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), $"{name} is missing"));
    }

    [Fact]
    public void Without_a_device_it_says_so()
    {
        var driver = CudaDriver.OfLibrary(Load());
        if (driver.State == CudaState.Ready)
            Assert.Skip("There is a GPU.");

        Assert.Equal(CudaState.NoDevice, driver.State);
        var error = Assert.Throws<CudaException>(() => Linear.Make(new Device(driver)));
        Assert.Equal("CUDA_ERROR_NO_DEVICE", error.Error);
    }

    private static nint Load()
    {
        if (Environment.GetEnvironmentVariable("STATICNET_LIBCUDA") is not { Length: > 0 } path)
        {
            Assert.Skip("STATICNET_LIBCUDA names no library.");
            return 0;
        }

        return NativeLibrary.Load(path);
    }
}
