using System.Numerics;
using StaticNet.PtxVm.Execution;

namespace StaticNet.PtxVm.Checks;

/// <summary>
/// Finds accesses to the same bytes of which one is a write and that nothing orders. Within a CTA barriers order: each warp knows up to
/// which time of every other warp everything happened before. Between CTAs of a launch a chain of fences and atomic operations does.
/// </summary>
internal static class RaceDetector
{
    /// <summary>Notes an access; false means a race with what the cell says.</summary>
    public static bool Record(ref RaceCell cell, Warp warp, int lane, uint bytes, AccessKind kind)
    {
        var cta = warp.Cta;
        // The same once more: whoever wrote in between has raced with the first time.
        if (kind == AccessKind.Read && cell.ReaderCta == cta.Number && cell.ReaderTime == cta.Time
            && (cell.ReaderWarps >> warp.Index & 1) != 0 && (cell.ReaderBytes & bytes) == bytes)
            return true;

        if (cell.WriterCta >= cta.Grid.FirstCta && (cell.WriterBytes & bytes) != 0
            && !(kind is AccessKind.Atomic or AccessKind.AtomicRead && (cell.State & AccessState.WrittenAtomically) != 0)
            && (!warp.Knows(cell.WriterCta, cell.WriterWarp, cell.WriterTime) || IsOfOtherLane(cell, warp, lane, kind)))
            return false;

        if (kind is AccessKind.Read or AccessKind.AtomicRead)
        {
            if (kind == AccessKind.Read)
                RecordRead(ref cell, warp, bytes);

            return true;
        }

        if (cell.ReaderCta >= cta.Grid.FirstCta && (cell.ReaderBytes & bytes) != 0 && !KnowsReaders(cell, warp))
            return false;

        cell.WriterCta = cta.Number;
        cell.WriterWarp = (byte)warp.Index;
        cell.WriterTime = cta.Time;
        cell.WriterBytes = (byte)bytes;
        (cell.WriterStep, cell.WriterLane, cell.WriterPc) = (warp.Step, (byte)lane, (ushort)warp.CurrentPc);
        // What this warp reads next is no repetition.
        if (cell.ReaderCta == cta.Number)
            cell.ReaderWarps &= ~(1u << warp.Index);

        cell.State = (cell.State & ~AccessState.WrittenAtomically) | (kind == AccessKind.Atomic ? AccessState.WrittenAtomically : 0);
        return true;
    }

    /// <summary>Notes an access of all lanes to words that follow each other, so many of each lane; false means a race in one of them.</summary>
    public static unsafe bool RecordRow(RaceCell* cells, Warp warp, int wordsPerLane, AccessKind kind)
    {
        var (number, time, reader) = (warp.Cta.Number, warp.Cta.Time, 1u << warp.Index);
        var word = 0;
        for (var lane = 0; lane < 32; lane++)
        {
            for (var end = word + wordsPerLane; word < end; word++)
            {
                ref var cell = ref cells[word];
                var isRepeated = kind == AccessKind.Read && cell.ReaderCta == number && cell.ReaderTime == time && (cell.ReaderWarps & reader) != 0 && cell.ReaderBytes == 15;
                if (!isRepeated && !Record(ref cell, warp, lane, 15, kind))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Says who raced.</summary>
    public static string Describe(RaceCell cell, Warp warp, int lane, AccessKind kind, long offset, string name)
    {
        var isWriter = cell.WriterCta >= warp.Cta.Grid.FirstCta && !warp.Knows(cell.WriterCta, cell.WriterWarp, cell.WriterTime);
        var (otherCta, otherWarp) = isWriter ? (cell.WriterCta, cell.WriterWarp)
            : (cell.ReaderCta, BitOperations.TrailingZeroCount(cell.ReaderWarps));
        var isOfOtherLane = !isWriter && IsOfOtherLane(cell, warp, lane, kind);
        var where = isOfOtherLane ? $"lane {cell.WriterLane} of the same warp" : !isWriter && (cell.State & AccessState.ReadByManyCtas) != 0 ? "warps of several CTAs"
            : otherCta == warp.Cta.Number ? $"warp {otherWarp}" : $"warp {otherWarp} of CTA {otherCta - warp.Cta.Grid.FirstCta}";
        var verb = kind switch { AccessKind.Read or AccessKind.AtomicRead => "reads", AccessKind.Write => "writes", _ => "updates" };
        return $"warp {warp.Index} {verb} the word at offset {offset} of {name}, which {where} {(isWriter || isOfOtherLane ? "wrote" : "read")}, and nothing orders them";
    }

    /// <summary>
    /// Tells whether another lane of the same warp wrote and no barrier, of the warp at least, came between. What lanes write in one
    /// instruction is another matter: they have to write the same.
    /// </summary>
    private static bool IsOfOtherLane(RaceCell cell, Warp warp, int lane, AccessKind kind) =>
        cell.WriterCta == warp.Cta.Number && cell.WriterWarp == warp.Index && cell.WriterLane != lane && cell.WriterStep == warp.Step
        && !(kind == AccessKind.Write && cell.WriterPc == (ushort)warp.CurrentPc);

    private static bool KnowsReaders(RaceCell cell, Warp warp)
    {
        if ((cell.State & AccessState.ReadByManyCtas) != 0)
            return false;

        for (var others = cell.ReaderWarps; others != 0; others &= others - 1)
        {
            if (!warp.Knows(cell.ReaderCta, BitOperations.TrailingZeroCount(others), cell.ReaderTime))
                return false;
        }

        return true;
    }

    private static void RecordRead(ref RaceCell cell, Warp warp, uint bytes)
    {
        var (number, time) = (warp.Cta.Number, warp.Cta.Time);
        if (cell.ReaderCta == number && cell.ReaderTime == time)
        {
            cell.ReaderWarps |= 1u << warp.Index;
            cell.ReaderBytes |= (byte)bytes;
            return;
        }

        var isKnown = cell.ReaderCta < warp.Cta.Grid.FirstCta || KnowsReaders(cell, warp);
        var isOtherCta = cell.ReaderCta >= warp.Cta.Grid.FirstCta && cell.ReaderCta != number;
        cell.State = isKnown ? cell.State & ~AccessState.ReadByManyCtas : isOtherCta ? cell.State | AccessState.ReadByManyCtas : cell.State;
        cell.ReaderBytes = isKnown ? (byte)bytes : (byte)(cell.ReaderBytes | bytes);
        // Of this CTA only the latest readers are kept: after barriers of some warps a race may be missed, but none is made up.
        cell.ReaderWarps = 1u << warp.Index;
        cell.ReaderCta = number;
        cell.ReaderTime = time;
    }
}
