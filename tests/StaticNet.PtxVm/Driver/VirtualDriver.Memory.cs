using System.Runtime.InteropServices;

namespace StaticNet.PtxVm.Driver;

/// <content>Memory of the device and pinned memory of the host.</content>
public sealed unsafe partial class VirtualDriver
{
    public CudaResult cuMemAlloc(ulong* address, nuint size)
    {
        *address = 0;
        return CallOutsideCapture(() =>
        {
            if (size == 0)
                return CudaResult.InvalidValue;

            if ((ulong)size + (ulong)machine.Memory.LiveBytes > (ulong)options.MemoryBytes)
                return CudaResult.OutOfMemory;

            *address = machine.Memory.Allocate((long)size);
            return CudaResult.Success;
        });
    }

    /// <summary>Waits for all streams, as the driver does.</summary>
    public CudaResult cuMemFree(ulong address) => CallOutsideCapture(() =>
    {
        if (address == 0)
            return CudaResult.Success;

        FinishAll();
        try
        {
            machine.Memory.Free(address);
        }
        catch (ArgumentException)
        {
            return CudaResult.InvalidValue;
        }

        return stickyError;
    });

    public CudaResult cuMemHostAlloc(void** address, nuint size, uint flags)
    {
        *address = null;
        return CallOutsideCapture(() =>
        {
            if (size == 0)
                return CudaResult.InvalidValue;

            *address = NativeMemory.Alloc(size);
            NativeMemory.Fill(*address, size, 0xFF);
            hostAllocations.Add((nint)(*address), (long)size);
            return CudaResult.Success;
        });
    }

    public CudaResult cuMemFreeHost(void* address) => CallOutsideCapture(() =>
    {
        FinishAll();
        if (!hostAllocations.Remove((nint)address))
            return CudaResult.InvalidValue;

        NativeMemory.Free(address);
        return stickyError;
    });

    /// <summary>From pinned memory the bytes are read when the stream comes to it; others are read at once.</summary>
    public CudaResult cuMemcpyHtoDAsync(ulong to, void* from, nuint size, nint stream) => Enqueue(stream, target =>
    {
        if (!machine.Memory.Contains(to, (long)size))
            return (CudaResult.InvalidValue, null);

        if (IsPinned(from, size) || target.Capture is not null)
            return (CudaResult.Success, () => machine.Memory.CopyIn(to, from, (long)size));

        var staged = new ReadOnlySpan<byte>(from, checked((int)size)).ToArray();
        return (CudaResult.Success, () => machine.Memory.Write<byte>(to, staged));
    });

    /// <summary>To pinned memory the bytes come when the stream comes to it; to other memory before the call returns.</summary>
    public CudaResult cuMemcpyDtoHAsync(void* to, ulong from, nuint size, nint stream)
    {
        var result = Enqueue(stream, _ => machine.Memory.Contains(from, (long)size)
            ? (CudaResult.Success, () => machine.Memory.CopyOut(from, to, (long)size))
            : (CudaResult.InvalidValue, null));
        return result != CudaResult.Success || IsPinned(to, size) ? result : FinishUnlessCaptured(stream);
    }

    public CudaResult cuMemcpyDtoDAsync(ulong to, ulong from, nuint size, nint stream) => Enqueue(stream, _ =>
        machine.Memory.Contains(to, (long)size) && machine.Memory.Contains(from, (long)size)
            ? (CudaResult.Success, () => machine.Memory.Copy(to, from, (long)size))
            : (CudaResult.InvalidValue, null));

    public CudaResult cuMemsetD32Async(ulong to, uint value, nuint count, nint stream) => Enqueue(stream, _ =>
    {
        if (to % 4 != 0 || !machine.Memory.Contains(to, 4 * (long)count))
            return (CudaResult.InvalidValue, null);

        var values = new uint[checked((int)count)];
        Array.Fill(values, value);
        return (CudaResult.Success, () => machine.Memory.Write<uint>(to, values));
    });

    private bool IsPinned(void* address, nuint size)
    {
        lock (gate)
            return hostAllocations.Any(entry => (nint)address >= entry.Key && (nint)address + (nint)size <= entry.Key + (nint)entry.Value);
    }
}
