using StaticNet.PtxVm.Driver;
using DriverResult = StaticNet.PtxVm.Driver.CudaResult;

namespace StaticNet.Cuda.Tests.Virtual;

/// <summary>
/// A GPU that networks can be put on where there is none: the library's own classes over a virtual driver. It belongs to the test that
/// made it and to the threads that it starts.
/// </summary>
internal sealed class VirtualGpu : IDisposable
{
    private static readonly AsyncLocal<VirtualGpu?> s_current = new();

    private readonly Dictionary<string, int> _calls = [];

    public VirtualGpu(DriverOptions? options = null, bool checksLaunches = false)
    {
        s_current.Value = this;
        Virtual = new VirtualDriver(options);
        Driver = new CudaDriver(VirtualExports.Find) { ChecksLaunches = checksLaunches };
        Device = new Device(Driver);
    }

    /// <summary>The one that this test's calls are for; of calls that no test makes, <see cref="OfFinalizers"/>.</summary>
    public static VirtualGpu Current => s_current.Value ?? OfFinalizers!;

    /// <summary>The one that the calls of finalizers are for.</summary>
    public static VirtualGpu? OfFinalizers { get; set; }

    public VirtualDriver Virtual { get; }

    public CudaDriver Driver { get; }

    public Device Device { get; }

    /// <summary>What a call is to return instead of being made; null to make it.</summary>
    public Func<string, DriverResult?> Refuses { get; set; } = _ => null;

    /// <summary>How often a function was called.</summary>
    public int Calls(string function)
    {
        lock (_calls)
            return _calls.GetValueOrDefault(function);
    }

    /// <summary>Counts a call, and says whether to refuse it.</summary>
    public static DriverResult? Enter(string function)
    {
        if (Current is not { } gpu)
            return DriverResult.InvalidContext;
        lock (gpu._calls)
            gpu._calls[function] = gpu._calls.GetValueOrDefault(function) + 1;
        return gpu.Refuses(function);
    }

    public void Dispose() => Virtual.Dispose();
}
