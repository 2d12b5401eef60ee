namespace StaticNet.Cuda;

/// <summary>A block of the device's memory, with what the device had in it before.</summary>
internal sealed unsafe class DeviceMemory : IDisposable
{
    private readonly CudaContext _context;

    /// <summary>Allocates so many bytes.</summary>
    /// <exception cref="CudaException">The device has not that much memory left.</exception>
    public DeviceMemory(CudaContext context, long bytes)
    {
        (_context, Bytes) = (context, bytes);
        ulong address;
        context.Driver.Check(context.Functions.MemAlloc(&address, (nuint)bytes), $"Allocating {bytes:N0} bytes on the GPU");
        Address = address;
    }

    /// <summary>Where it begins, a multiple of 256.</summary>
    public ulong Address { get; }

    /// <summary>Its size.</summary>
    public long Bytes { get; }

    /// <summary>Waits for what uses it and frees it. An error here has been reported before.</summary>
    public void Dispose() => _context.Functions.MemFree(Address);
}
