namespace StaticNet.PtxVm.Driver;

/// <content>Captures of streams as graphs.</content>
public sealed unsafe partial class VirtualDriver
{
    private const int Relaxed = 2;

    public CudaResult cuStreamBeginCapture(nint stream, int mode) => OfStream(stream, found =>
    {
        if (stream == 0)
            return CudaResult.StreamCaptureUnsupported;

        if (mode is < 0 or > Relaxed)
            return CudaResult.InvalidValue;

        if (found.Capture is not null)
            return CudaResult.IllegalState;

        found.Capture = new(found, isRelaxed: mode == Relaxed);
        return CudaResult.Success;
    });

    /// <summary>Ends a capture where it began; other streams that took part have to have been waited for.</summary>
    public CudaResult cuStreamEndCapture(nint stream, nint* graph)
    {
        *graph = 0;
        return OfStream(stream, found =>
        {
            if (found.Capture is not { } capture)
                return CudaResult.IllegalState;

            if (capture.Origin != found)
                return CudaResult.StreamCaptureUnmatched;

            capture.HasEnded = true;
            foreach (var member in capture.Streams)
                member.Capture = null;

            if (capture.IsInvalidated)
                return CudaResult.StreamCaptureInvalidated;

            if (!capture.IsJoined)
                return CudaResult.StreamCaptureUnjoined;

            *graph = handles.Add(new Graph(capture.Nodes.ToArray()));
            return CudaResult.Success;
        });
    }

    public CudaResult cuGraphInstantiate(nint* executable, nint graph, ulong flags)
    {
        *executable = 0;
        return Call(() =>
        {
            if (!handles.TryGet<Graph>(graph, out var found))
                return CudaResult.InvalidHandle;

            *executable = handles.Add(new GraphExecutable(found.Nodes));
            return CudaResult.Success;
        });
    }

    public CudaResult cuGraphLaunch(nint executable, nint stream) => Enqueue(stream, _ =>
    {
        return handles.TryGet<GraphExecutable>(executable, out var found)
            ? (CudaResult.Success, () => found.Nodes.ToList().ForEach(node => node()))
            : (CudaResult.InvalidHandle, null);
    });

    public CudaResult cuGraphExecDestroy(nint executable) => Destroy<GraphExecutable>(executable);

    public CudaResult cuGraphDestroy(nint graph) => Destroy<Graph>(graph);

    private CudaResult Destroy<T>(nint handle)
        where T : class
    {
        return Call(() =>
        {
            if (!handles.TryGet<T>(handle, out _))
                return CudaResult.InvalidHandle;

            handles.Remove(handle);
            return CudaResult.Success;
        });
    }
}
