namespace StaticNet.Cuda;

/// <summary>Memory that a batch goes through: pinned, which it is written to and read from, and the device's, where kernels work on it.</summary>
internal sealed class BatchSlot : IDisposable
{
    private readonly CudaEvent _arrived;
    private readonly CudaEvent _done;
    private readonly DeviceMemory _device;
    private readonly PinnedMemory _pinned;
    private readonly Owned _owned = new();
    private bool _isSending;
    private bool _isWorkedOn;

    public BatchSlot(CudaContext context, long bytes)
    {
        try
        {
            _arrived = _owned.Add(new CudaEvent(context));
            _done = _owned.Add(new CudaEvent(context));
            _device = _owned.Add(new DeviceMemory(context, bytes));
            _pinned = _owned.Add(new PinnedMemory(context, bytes));
        }
        catch
        {
            _owned.Dispose();
            throw;
        }
    }

    /// <summary>Where it begins on the device.</summary>
    public ulong Device => _device.Address;

    /// <summary>Where it begins in pinned memory.</summary>
    public nint Pinned => _pinned.Address;

    /// <summary>Its size.</summary>
    public long Bytes => _device.Bytes;

    /// <summary>Sends a range of pinned memory to the device: by the stream that works on it, or by another one while that has other work.</summary>
    public void Send(BytesRange range, CudaStream by, CudaStream work)
    {
        if (range.Length == 0)
        {
            return;
        }

        _isSending = true;
        by.CopyIn(Pinned + (nint)range.Offset, Device + (ulong)range.Offset, range.Length);
        by.Record(_arrived);
        if (by != work)
        {
            work.WaitFor(_arrived);
        }
    }

    /// <summary>Gives the stream that works on it the task to bring a range back to pinned memory.</summary>
    public void Fetch(BytesRange range, CudaStream work)
    {
        if (range.Length > 0)
        {
            work.CopyOut(Device + (ulong)range.Offset, Pinned + (nint)range.Offset, range.Length);
        }
    }

    /// <summary>Says that all work on it was given to the stream.</summary>
    public void Leave(CudaStream work)
    {
        work.Record(_done);
        (_isSending, _isWorkedOn) = (false, true);
    }

    /// <summary>Makes the calling thread wait until the work on it is done.</summary>
    /// <exception cref="CudaException">A kernel failed.</exception>
    public void Wait(string doing)
    {
        var (wasSending, wasWorkedOn) = (_isSending, _isWorkedOn);
        (_isSending, _isWorkedOn) = (false, false);
        if (wasSending)
        {
            _arrived.Wait(doing);
        }

        if (wasWorkedOn)
        {
            _done.Wait(doing);
        }
    }

    public void Dispose() => _owned.Dispose();
}
