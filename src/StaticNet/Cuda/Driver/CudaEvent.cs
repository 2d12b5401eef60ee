namespace StaticNet.Cuda;

/// <summary>A point in a stream that others can wait for.</summary>
internal sealed unsafe class CudaEvent : IDisposable
{
    private const uint WithoutTiming = 2;

    private readonly CudaContext _context;

    public CudaEvent(CudaContext context)
    {
        _context = context;
        nint handle;
        context.Driver.Check(context.Functions.EventCreate(&handle, WithoutTiming), "Making an event");
        Handle = handle;
    }

    public nint Handle { get; }

    /// <summary>Makes the calling thread wait until the stream has come there.</summary>
    /// <exception cref="CudaException">A kernel before it failed.</exception>
    public void Wait(string doing) => _context.Driver.Check(_context.Functions.EventSynchronize(Handle), doing);

    public void Dispose() => _context.Functions.EventDestroy(Handle);
}
