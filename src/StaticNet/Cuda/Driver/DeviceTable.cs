namespace StaticNet.Cuda;

/// <summary>A list that kernels read and nobody changes.</summary>
internal sealed unsafe class DeviceTable<T> : IDisposable
    where T : unmanaged
{
    private readonly DeviceMemory? _memory;

    public DeviceTable(CudaContext context, CudaStream stream, T[] items)
    {
        Count = items.Length;
        if (Count == 0)
        {
            return;
        }

        _memory = new DeviceMemory(context, (long)Count * sizeof(T));
        fixed (T* first = items)
        {
            stream.CopyIn((nint)first, _memory.Address, (long)Count * sizeof(T));
        }
    }

    /// <summary>Its items.</summary>
    public int Count { get; }

    /// <summary>Where it begins; zero when it is empty.</summary>
    public ulong Address => _memory?.Address ?? 0;

    public void Dispose() => _memory?.Dispose();
}
