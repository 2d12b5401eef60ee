using System.Runtime.InteropServices;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Memory;

/// <summary>An allocation of global memory or the shared memory of a CTA: bytes, which of them have a value, and who used them last.</summary>
internal sealed unsafe partial class MemoryBlock : IDisposable
{
    private readonly Bitmap initialized;
    private Bitmap? pending;
    private RaceCell* cells;

    /// <param name="name">What messages call it.</param>
    /// <param name="start">Its first address.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="isShared">Whether it is the shared memory of a CTA.</param>
    public MemoryBlock(string name, ulong start, long size, bool isShared)
    {
        Name = name;
        Start = start;
        Size = size;
        IsShared = isShared;
        initialized = new(size + 16);
        ReadOnly = new(size);
        Sectors = new(size);
        Data = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(size, 16), 256);
        // Values that nobody wrote should not look like zeros.
        NativeMemory.Fill(Data, (nuint)Math.Max(size, 16), 0xFF);
    }

    public string Name { get; }

    public ulong Start { get; }

    public long Size { get; }

    public bool IsShared { get; }

    public byte* Data { get; private set; }

    public bool IsFreed => Data == null;

    /// <summary>The sectors that loads and stores of the current launch touched.</summary>
    public SectorsTouched Sectors { get; }

    /// <summary>Words read through <c>.nc</c> in a launch.</summary>
    public ReadOnlyWords ReadOnly { get; }

    public Bitmap Initialized => initialized;

    /// <summary>Forgets all values, for the next CTA.</summary>
    public void Reset()
    {
        initialized.Clear();
        pending?.Clear();
        if (cells != null)
            NativeMemory.Clear(cells, CellBytes);
    }

    /// <summary>Checks a load and returns where its bytes are.</summary>
    public byte* Read(Warp warp, int lane, ulong address, int size, AccessKind kind = AccessKind.Read)
    {
        var offset = Locate(warp, lane, address, size);
        if (!initialized.All(offset, size))
            throw Uninitialized(warp, lane, offset, size, "read");

        Record(warp, lane, offset, size, kind);
        return Data + offset;
    }

    /// <summary>As <see cref="Read"/>, for what nobody writes during the launch.</summary>
    public byte* ReadReadOnly(Warp warp, int lane, ulong address, int size)
    {
        var from = Read(warp, lane, address, size);
        var offset = from - Data;
        for (var word = offset >> 2; word < (offset + size + 3) >> 2; word++)
        {
            if (cells[word].WriterCta >= warp.Cta.Grid.FirstCta)
                throw warp.Fault(FaultKind.ReadOnlyViolation, lane, $"load with .nc at offset {offset} of {Name}, which this launch writes");
        }

        ReadOnly.Add(warp.Cta.Grid.FirstCta, offset, size);
        return from;
    }

    /// <summary>Checks a store, marks its bytes as initialised and returns where they are.</summary>
    public byte* Write(Warp warp, int lane, ulong address, int size, AccessKind kind = AccessKind.Write)
    {
        var offset = Locate(warp, lane, address, size);
        if (pending is not null && pending.Any(offset, size))
            throw Uninitialized(warp, lane, offset, size, "write");

        Record(warp, lane, offset, size, kind);
        initialized.Set(offset, size);
        return Data + offset;
    }

    /// <summary>Checks an atomic operation and returns where its bytes are.</summary>
    public byte* Update(Warp warp, int lane, ulong address, int size)
    {
        var offset = Locate(warp, lane, address, size);
        if (!initialized.All(offset, size))
            throw Uninitialized(warp, lane, offset, size, "update");

        Record(warp, lane, offset, size, AccessKind.Atomic);
        return Data + offset;
    }

    /// <summary>Begins an asynchronous write: from now on until it is waited for, nobody may use the bytes.</summary>
    public byte* BeginAsyncWrite(Warp warp, int lane, ulong address, int size)
    {
        var to = Write(warp, lane, address, size);
        var offset = to - Data;
        (pending ??= new(Size + 16)).Set(offset, size);
        initialized.Clear(offset, size);
        return to;
    }

    /// <summary>Ends an asynchronous write.</summary>
    public void EndAsyncWrite(Warp warp, int lane, ulong address, int size)
    {
        pending!.Clear((long)(address - Start), size);
        Write(warp, lane, address, size);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        NativeMemory.Free(cells);
        Data = null;
        cells = null;
    }

    private nuint CellBytes => (nuint)((Size / 4) + 4) * (nuint)sizeof(RaceCell);

    private long Locate(Warp warp, int lane, ulong address, int size)
    {
        if ((address & (ulong)(size - 1)) != 0)
            throw warp.Fault(FaultKind.Misaligned, lane, $"{size}-byte access at {address:x}");

        var offset = address - Start;
        return offset + (ulong)size <= (ulong)Size && address >= Start
            ? (long)offset
            : throw warp.Fault(FaultKind.OutOfBounds, lane, $"{size} bytes at offset {(long)offset} of {Name}, which has {Size}");
    }

    private RaceCell* Cells => cells != null ? cells : cells = (RaceCell*)NativeMemory.AllocZeroed(CellBytes);

    private void Record(Warp warp, int lane, long offset, int size, AccessKind kind)
    {
        var cells = Cells;
        var bytes = size >= 4 ? 15u : ((1u << size) - 1) << (int)(offset & 3);
        for (var word = offset >> 2; word < (offset + size + 3) >> 2; word++)
        {
            if (!RaceDetector.Record(ref cells[word], warp, lane, bytes, kind))
            {
                throw warp.Fault(IsShared ? FaultKind.SharedRace : FaultKind.GlobalRace, lane,
                    RaceDetector.Describe(cells[word], warp, lane, kind, 4 * word, Name));
            }
        }

        if (!IsShared && kind is AccessKind.Write or AccessKind.Atomic && ReadOnly.Overlaps(warp.Cta.Grid.FirstCta, offset, size))
            throw warp.Fault(FaultKind.ReadOnlyViolation, lane, $"write at offset {offset} of {Name}, which this launch reads with .nc");
    }

    private KernelFaultException Uninitialized(Warp warp, int lane, long offset, int size, string verb) => pending is not null && pending.Any(offset, size)
        ? warp.Fault(FaultKind.AsyncCopyPending, lane, $"{verb} at offset {offset} of {Name}, to which a cp.async is under way")
        : warp.Fault(FaultKind.UninitializedMemory, lane, $"{verb} of {size} bytes at offset {offset} of {Name}");
}
