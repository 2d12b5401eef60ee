using System.Diagnostics.CodeAnalysis;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Memory;

/// <summary>The memory of the device: allocations apart from each other, whose addresses are never given out again.</summary>
public sealed unsafe class GlobalMemory : IDisposable
{
    /// <summary>Addresses have more than 32 bits, so that arithmetic in 32 bits shows.</summary>
    private const ulong FirstAddress = 0x7_0000_0000;

    private const ulong Alignment = 256;
    private const ulong RedZone = 4096;

    private readonly List<MemoryBlock> blocks = [];
    private ulong next = FirstAddress;

    /// <summary>How many allocations have not been freed.</summary>
    public int LiveAllocations { get; private set; }

    /// <summary>The bytes of the allocations that have not been freed.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>Allocates bytes without values.</summary>
    public ulong Allocate(long size, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var block = new MemoryBlock(name ?? $"allocation {blocks.Count}", next, size, isShared: false);
        blocks.Add(block);
        next += (((ulong)size + Alignment - 1) / Alignment * Alignment) + RedZone;
        LiveAllocations++;
        LiveBytes += size;
        return block.Start;
    }

    /// <summary>Allocates and fills memory.</summary>
    public ulong Allocate<T>(ReadOnlySpan<T> values, string? name = null)
        where T : unmanaged
    {
        var address = Allocate((long)values.Length * sizeof(T), name);
        Write(address, values);
        return address;
    }

    /// <summary>Frees an allocation; from now on every use of it is a fault.</summary>
    /// <exception cref="ArgumentException">No allocation that is alive begins there.</exception>
    public void Free(ulong address)
    {
        if (!TryFind(address, out var block) || block.Start != address || block.IsFreed)
            throw new ArgumentException($"No allocation begins at {address:x}.", nameof(address));

        LiveAllocations--;
        LiveBytes -= block.Size;
        block.Dispose();
    }

    /// <summary>Writes from the host.</summary>
    public void Write<T>(ulong address, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        fixed (T* from = values)
            CopyIn(address, from, (long)values.Length * sizeof(T));
    }

    /// <summary>Reads to the host.</summary>
    /// <exception cref="KernelFaultException">Some byte has no value.</exception>
    public T[] Read<T>(ulong address, int count)
        where T : unmanaged
    {
        var values = new T[count];
        fixed (T* to = values)
            CopyOut(address, to, (long)count * sizeof(T));

        return values;
    }

    public void Dispose() => blocks.ForEach(block => block.Dispose());

    internal void CopyIn(ulong address, void* from, long size)
    {
        var block = Range(address, size);
        var offset = (long)(address - block.Start);
        Buffer.MemoryCopy(from, block.Data + offset, size, size);
        block.Initialized.SetRange(offset, size);
    }

    internal void CopyOut(ulong address, void* to, long size)
    {
        var block = Range(address, size);
        var offset = (long)(address - block.Start);
        if (block.Initialized.FindUnset(offset, size) is >= 0 and var unset)
            throw new KernelFaultException(FaultKind.UninitializedMemory, $"copy to the host of offset {unset} of {block.Name}, which nobody wrote", "");

        Buffer.MemoryCopy(block.Data + offset, to, size, size);
    }

    /// <summary>Copies within the device; bytes without a value stay so.</summary>
    internal void Copy(ulong to, ulong from, long size)
    {
        var (target, source) = (Range(to, size), Range(from, size));
        var (targetOffset, sourceOffset) = ((long)(to - target.Start), (long)(from - source.Start));
        Buffer.MemoryCopy(source.Data + sourceOffset, target.Data + targetOffset, size, size);
        for (var index = 0L; index < size; index++)
            target.Initialized[targetOffset + index] = source.Initialized[sourceOffset + index];
    }

    internal bool Contains(ulong address, long size) =>
        TryFind(address, out var block) && !block.IsFreed && address - block.Start + (ulong)size <= (ulong)block.Size;

    /// <summary>Returns the allocation that an access of a kernel means.</summary>
    internal MemoryBlock Find(Warp warp, int lane, ulong address, int size)
    {
        if (!TryFind(address, out var block) || address >= block.Start + (ulong)block.Size + RedZone)
            throw warp.Fault(FaultKind.OutOfBounds, lane, $"{size} bytes at {address:x}, where nothing is allocated");

        if (block.IsFreed)
            throw warp.Fault(FaultKind.UseAfterFree, lane, $"{size} bytes at {address:x} of {block.Name}");

        if (int.IsPow2(size) && (address & (ulong)(size - 1)) != 0)
            throw warp.Fault(FaultKind.Misaligned, lane, $"{size}-byte access at {address:x}");

        var offset = address - block.Start;
        return offset + (ulong)size <= (ulong)block.Size ? block
            : throw warp.Fault(FaultKind.OutOfBounds, lane, $"{size} bytes at offset {offset} of {block.Name}, which has {block.Size}");
    }

    private MemoryBlock Range(ulong address, long size) => Contains(address, size) && TryFind(address, out var block)
        ? block
        : throw new ArgumentException($"{size} bytes at {address:x} are not within an allocation.", nameof(address));

    /// <summary>Finds the last allocation that begins at or before an address.</summary>
    private bool TryFind(ulong address, [NotNullWhen(true)] out MemoryBlock? block)
    {
        var (low, high) = (0, blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (blocks[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        block = low > 0 ? blocks[low - 1] : null;
        return block is not null;
    }
}
