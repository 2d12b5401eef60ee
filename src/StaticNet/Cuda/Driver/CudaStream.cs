namespace StaticNet.Cuda;

/// <summary>Work that the device does in its order, by itself.</summary>
internal sealed unsafe class CudaStream : IDisposable
{
    private const uint NonBlocking = 1;
    private const int ThreadLocalCapture = 1;

    private readonly CudaContext _context;
    private readonly CudaFunctions _functions;
    private readonly nint _handle;

    public CudaStream(CudaContext context)
    {
        (_context, _functions) = (context, context.Functions);
        nint handle;
        Check(_functions.StreamCreate(&handle, NonBlocking), "Making a stream");
        _handle = handle;
    }

    /// <summary>Copies from the host. Pinned memory is read when the stream comes to it, other memory before the call returns.</summary>
    public void CopyIn(nint from, ulong to, long bytes) =>
        Check(_functions.MemcpyHtoDAsync(to, (void*)from, (nuint)bytes, _handle), "Copying to the GPU");

    /// <summary>Copies to the host. Pinned memory is written when the stream comes to it.</summary>
    public void CopyOut(ulong from, nint to, long bytes) =>
        Check(_functions.MemcpyDtoHAsync((void*)to, from, (nuint)bytes, _handle), "Copying from the GPU");

    /// <summary>Fills memory of the device with a float.</summary>
    public void Fill(ulong address, float value, long floats) =>
        Check(_functions.MemsetD32Async(address, BitConverter.SingleToUInt32Bits(value), (nuint)floats, _handle), "Filling memory of the GPU");

    /// <summary>Launches a kernel.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="layer">What it is for, in errors.</param>
    /// <param name="grid">Blocks along each axis.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="sharedBytes">Dynamic shared memory.</param>
    /// <param name="arguments">Its arguments: each in the low bytes of 8, as many as the parameter takes.</param>
    public void Launch(nint function, string layer, (int X, int Y, int Z) grid, int threads, int sharedBytes, ReadOnlySpan<ulong> arguments)
    {
        fixed (ulong* values = arguments)
        {
            var addresses = stackalloc void*[arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                addresses[i] = values + i;
            }

            var result = _functions.LaunchKernel(
                function, (uint)grid.X, (uint)grid.Y, (uint)grid.Z, (uint)threads, 1, 1, (uint)sharedBytes, _handle, addresses, null);
            Check(result, "Launching a kernel", layer);
        }

        if (_context.Driver.ChecksLaunches)
        {
            Check(_functions.StreamSynchronize(_handle), "A kernel", layer);
        }
    }

    /// <summary>Marks the point that the stream's work has come to.</summary>
    public void Record(CudaEvent point) => Check(_functions.EventRecord(point.Handle, _handle), "Recording an event");

    /// <summary>Makes all later work wait for a point in another stream.</summary>
    public void WaitFor(CudaEvent point) => Check(_functions.StreamWaitEvent(_handle, point.Handle, 0), "Waiting for an event");

    /// <summary>Makes the calling thread wait until all work is done.</summary>
    /// <exception cref="CudaException">A kernel failed.</exception>
    public void Synchronize(string doing) => Check(_functions.StreamSynchronize(_handle), doing);

    /// <summary>Waits for all work before everything is freed. An error here has been reported before.</summary>
    public void Finish() => _functions.StreamSynchronize(_handle);

    /// <summary>Launches a graph.</summary>
    public void Launch(CudaGraph graph) => Check(_functions.GraphLaunch(graph.Handle, _handle), "Launching a CUDA graph");

    /// <summary>Collects the work of an action as a graph instead of doing it.</summary>
    public CudaGraph Capture(Action work)
    {
        Check(_functions.StreamBeginCapture(_handle, ThreadLocalCapture), "Capturing a CUDA graph");
        nint captured;
        try
        {
            work();
        }
        catch
        {
            if (_functions.StreamEndCapture(_handle, &captured) == CudaResult.Success)
            {
                _functions.GraphDestroy(captured);
            }

            throw;
        }

        Check(_functions.StreamEndCapture(_handle, &captured), "Capturing a CUDA graph");
        return new CudaGraph(_context, captured);
    }

    public void Dispose() => _functions.StreamDestroy(_handle);

    private void Check(CudaResult result, string doing, string? layer = null) => _context.Driver.Check(result, doing, layer);
}
