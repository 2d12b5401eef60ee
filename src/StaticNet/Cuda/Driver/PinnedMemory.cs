namespace StaticNet.Cuda;

/// <summary>Memory of the host that the device copies from and to by itself while the host does something else.</summary>
internal sealed unsafe class PinnedMemory : IDisposable
{
    private readonly CudaContext _context;

    /// <summary>Allocates so many bytes.</summary>
    /// <exception cref="CudaException">The driver refuses.</exception>
    public PinnedMemory(CudaContext context, long bytes)
    {
        _context = context;
        void* address;
        context.Driver.Check(context.Functions.MemHostAlloc(&address, (nuint)bytes, 0), $"Allocating {bytes:N0} bytes of pinned memory");
        Address = (nint)address;
    }

    /// <summary>Where it begins.</summary>
    public nint Address { get; }

    /// <summary>Waits for what uses it and frees it. An error here has been reported before.</summary>
    public void Dispose() => _context.Functions.MemFreeHost((void*)Address);
}
