namespace StaticNet.Cuda;

/// <summary>
/// The memory that programs run in: an arena for intermediate values and two slots, so that a batch can arrive while the one before is
/// worked on. It grows to what was needed most. Graphs of work in it are its own.
/// </summary>
internal sealed class WorkArea(CudaContext context) : IDisposable
{
    private readonly BatchSlot?[] _slots = new BatchSlot?[2];
    private DeviceMemory? _arena;
    private int _present;

    /// <summary>Where intermediate values lie.</summary>
    public ulong Address => _arena?.Address ?? 0;

    /// <summary>Whether a batch of that size fits, with so much work area.</summary>
    public bool Holds(long areaBytes, long batchBytes, int slots)
    {
        foreach (var slot in _slots.AsSpan(0, slots))
        {
            if (slot is null || slot.Bytes < batchBytes)
            {
                return false;
            }
        }

        return areaBytes <= (_arena?.Bytes ?? 0);
    }

    /// <summary>The graphs of work here.</summary>
    public GraphCache Graphs { get; } = new(context);

    /// <summary>Makes room. Nothing may be under way.</summary>
    public void Reserve(long areaBytes, long batchBytes, int slots)
    {
        Graphs.Clear();
        if (areaBytes > (_arena?.Bytes ?? 0))
        {
            _arena?.Dispose();
            _arena = null;
            _arena = new DeviceMemory(context, areaBytes);
        }

        for (var i = 0; i < slots; i++)
        {
            if (_slots[i] is not { } slot || slot.Bytes < batchBytes)
            {
                _slots[i]?.Dispose();
                _slots[i] = null;
                _slots[i] = new BatchSlot(context, batchBytes);
            }
        }
    }

    /// <summary>The first slot, which is the present one from now on.</summary>
    public BatchSlot First()
    {
        _present = 0;
        return _slots[0]!;
    }

    /// <summary>The slot that was given work last.</summary>
    public BatchSlot Present => _slots[_present]!;

    /// <summary>The slot that is not the present one.</summary>
    public BatchSlot Other => _slots[1 - _present]!;

    /// <summary>The other slot, which is the present one from now on.</summary>
    public BatchSlot Next()
    {
        _present = 1 - _present;
        return _slots[_present]!;
    }

    /// <summary>Fills all of it with a float.</summary>
    public void Fill(CudaStream stream, float value)
    {
        if (_arena is not null)
        {
            stream.Fill(_arena.Address, value, _arena.Bytes / sizeof(float));
        }

        foreach (var slot in _slots.OfType<BatchSlot>())
        {
            stream.Fill(slot.Device, value, slot.Bytes / sizeof(float));
        }
    }

    public void Dispose()
    {
        Graphs.Clear();
        _arena?.Dispose();
        foreach (var slot in _slots)
        {
            slot?.Dispose();
        }
    }
}
