namespace StaticNet.Cuda;

/// <summary>Work that was captured from a stream, to be launched as one.</summary>
internal sealed unsafe class CudaGraph : IDisposable
{
    private readonly CudaContext _context;

    /// <summary>Prepares what was captured; the capture itself is used up.</summary>
    public CudaGraph(CudaContext context, nint captured)
    {
        _context = context;
        nint handle;
        var result = context.Functions.GraphInstantiate(&handle, captured, 0);
        context.Functions.GraphDestroy(captured);
        context.Driver.Check(result, "Preparing a CUDA graph");
        Handle = handle;
    }

    public nint Handle { get; }

    public void Dispose() => _context.Functions.GraphExecDestroy(Handle);
}
