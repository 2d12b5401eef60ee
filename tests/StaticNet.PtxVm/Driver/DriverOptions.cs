using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Driver;

/// <summary>The device that a virtual driver pretends to have, and how it behaves where a driver has a choice.</summary>
public sealed record DriverOptions
{
    public static DriverOptions Default { get; } = new();

    /// <summary>How many devices there are: 0 or 1.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>1000 · major + 10 · minor.</summary>
    public int DriverVersion { get; init; } = 12020;

    /// <summary>10 · major + minor of the compute capability.</summary>
    public int ComputeCapability { get; init; } = 80;

    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Whether streams do their work at once. Otherwise they do it when somebody waits for it, so that what is used without waiting is
    /// not there yet. Both are what a device may do.
    /// </summary>
    public bool RunsStreamsAtOnce { get; init; }

    /// <summary>How kernels are executed.</summary>
    public LaunchOptions Launches { get; init; } = LaunchOptions.Default;
}

/// <summary>What has been created and not been destroyed.</summary>
public readonly record struct LiveObjects(
    int Contexts, int Modules, int DeviceAllocations, int HostAllocations, int Streams, int Events, int Graphs, int GraphExecutables)
{
    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty => this == default;
}
