using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Memory;

/// <content>
/// Rows: what the 32 lanes of a warp reach where each has the words after those of the lane before. All checks are those of single lanes,
/// made together; where one of them fails there is no address, and the lanes find out which.
/// </content>
internal sealed unsafe partial class MemoryBlock
{
    /// <summary>Tells whether a row is within the block.</summary>
    public bool HasRow(ulong address, int size) =>
        !IsFreed && address >= Start && address - Start + (ulong)(32 * size) <= (ulong)Size && (address & (ulong)(size - 1)) == 0;

    /// <summary>Checks a load of all lanes and returns where its bytes are.</summary>
    public byte* ReadRow(Warp warp, ulong address, int size, bool isReadOnly)
    {
        if (!HasRow(address, size))
            return null;

        var (offset, length, first) = ((long)(address - Start), 32 * size, warp.Cta.Grid.FirstCta);
        if (!initialized.AllOfRange(offset, length) || !RaceDetector.RecordRow(Cells + (offset >> 2), warp, size / 4, AccessKind.Read))
            return null;

        if (!isReadOnly)
            return Data + offset;

        for (var word = offset >> 2; word < (offset + length) >> 2; word++)
        {
            if (cells[word].WriterCta >= first)
                return null;
        }

        ReadOnly.AddRange(first, offset, length);
        return Data + offset;
    }

    /// <summary>Checks a store of all lanes, marks its bytes as initialised and returns where they are.</summary>
    public byte* WriteRow(Warp warp, ulong address, int size)
    {
        if (!HasRow(address, size))
            return null;

        var (offset, length) = ((long)(address - Start), 32 * size);
        if ((pending is not null && pending.AnyOfRange(offset, length)) || (!IsShared && ReadOnly.OverlapsRange(warp.Cta.Grid.FirstCta, offset, length))
            || !RaceDetector.RecordRow(Cells + (offset >> 2), warp, size / 4, AccessKind.Write))
            return null;

        initialized.SetRange(offset, length);
        return Data + offset;
    }
}
