namespace StaticNet.PtxVm.Driver;

/// <content>Streams and events.</content>
public sealed unsafe partial class VirtualDriver
{
    private const uint NonBlocking = 1;

    public CudaResult cuStreamCreate(nint* stream, uint flags)
    {
        *stream = 0;
        return Call(() =>
        {
            if (flags > NonBlocking)
                return CudaResult.InvalidValue;

            *stream = handles.Add(new Stream(isBlocking: flags != NonBlocking));
            return CudaResult.Success;
        });
    }

    public CudaResult cuStreamSynchronize(nint stream) => OfStream(stream, found =>
    {
        if (found.Capture is { } capture)
        {
            capture.IsInvalidated = true;
            return CudaResult.StreamCaptureUnsupported;
        }

        found.Finish(found.Given);
        return stickyError;
    });

    /// <summary>What it was given is still done.</summary>
    public CudaResult cuStreamDestroy(nint stream) => stream == 0 ? CudaResult.InvalidHandle : OfStream(stream, found =>
    {
        if (found.Capture is { } capture)
            capture.IsInvalidated = true;

        found.Finish(found.Given);
        handles.Remove(stream);
        return stickyError;
    });

    public CudaResult cuStreamWaitEvent(nint stream, nint point, uint flags) => OfStream(stream, found =>
    {
        if (!handles.TryGet<Event>(point, out var awaited))
            return CudaResult.InvalidHandle;

        if (flags != 0)
            return CudaResult.InvalidValue;

        if (awaited.Stream is not { } other)
            return CudaResult.Success;

        if (awaited.Capture is { } capture)
        {
            if (capture.HasEnded)
                return CudaResult.CapturedEvent;

            if (found.Capture is not null && found.Capture != capture)
                return CudaResult.StreamCaptureMerge;

            if (capture.IsInvalidated)
                return CudaResult.StreamCaptureInvalidated;

            capture.Join(found, awaited);
            return CudaResult.Success;
        }

        if (found.Capture is { } own)
        {
            own.IsInvalidated = true;
            return CudaResult.StreamCaptureIsolation;
        }

        var position = awaited.Position;
        Add(found, () => other.Finish(position));
        return CudaResult.Success;
    });

    public CudaResult cuEventCreate(nint* point, uint flags)
    {
        *point = 0;
        return Call(() =>
        {
            *point = handles.Add(new Event());
            return CudaResult.Success;
        });
    }

    public CudaResult cuEventRecord(nint point, nint stream) => OfStream(stream, found =>
    {
        if (!handles.TryGet<Event>(point, out var recorded))
            return CudaResult.InvalidHandle;

        recorded.Record(found);
        return CudaResult.Success;
    });

    public CudaResult cuEventSynchronize(nint point) => OfEvent(point, (stream, position) =>
    {
        stream.Finish(position);
        return stickyError;
    });

    public CudaResult cuEventQuery(nint point) => OfEvent(point, (stream, position) =>
        stream.IsDone(position) ? CudaResult.Success : CudaResult.NotReady);

    public CudaResult cuEventDestroy(nint point) => Destroy<Event>(point);

    public CudaResult cuCtxSynchronize() => CallOutsideCapture(() =>
    {
        FinishAll();
        return stickyError;
    });

    private CudaResult OfEvent(nint point, Func<Stream, long, CudaResult> body) => Call(() =>
    {
        if (!handles.TryGet<Event>(point, out var found))
            return CudaResult.InvalidHandle;

        if (found.Capture is not null)
            return CudaResult.CapturedEvent;

        return found.Stream is null ? CudaResult.Success : body(found.Stream, found.Position);
    });

    private CudaResult OfStream(nint stream, Func<Stream, CudaResult> body) => Call(() =>
    {
        var found = defaultStream;
        return stream == 0 || handles.TryGet(stream, out found) ? body(found) : CudaResult.InvalidHandle;
    });

    /// <summary>Checks a piece of work and gives it to a stream, or to its capture.</summary>
    private CudaResult Enqueue(nint stream, Func<Stream, (CudaResult Result, Action? Piece)> check) => OfStream(stream, found =>
    {
        if (found.Capture is { IsInvalidated: true })
            return CudaResult.StreamCaptureInvalidated;

        var (result, piece) = check(found);
        if (piece is null)
            return result;

        if (found.Capture is { } capture)
            capture.Add(found, () => Do(piece));
        else
            Add(found, () => Do(piece));

        return CudaResult.Success;
    });

    private void Add(Stream stream, Action piece)
    {
        stream.Add(piece);
        if (stream == defaultStream)
        {
            // It waits for all others that are blocking. That they wait for it comes by itself: it does its work at once.
            foreach (var other in handles.All<Stream>().Where(other => other.IsBlocking).ToList())
                other.Finish(other.Given);
        }

        if (options.RunsStreamsAtOnce || stream == defaultStream)
            stream.Finish(stream.Given);
    }

    private CudaResult FinishUnlessCaptured(nint stream) => OfStream(stream, found =>
    {
        if (found.Capture is null)
            found.Finish(found.Given);

        return stickyError;
    });

    private void FinishAll()
    {
        defaultStream.Finish(defaultStream.Given);
        foreach (var stream in handles.All<Stream>().ToList())
            stream.Finish(stream.Given);
    }
}
