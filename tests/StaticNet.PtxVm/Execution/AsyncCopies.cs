namespace StaticNet.PtxVm.Execution;

/// <summary>The asynchronous copies of a warp that are under way. Each lane counts its own groups.</summary>
internal sealed unsafe class AsyncCopies
{
    private readonly int[] groups = new int[32];
    private readonly List<Copy> underWay = [];

    public void Reset()
    {
        Array.Clear(groups);
        underWay.Clear();
    }

    /// <summary>Begins a copy of a lane: of the bytes at the source, and zeros up to the size.</summary>
    public void Begin(Warp warp, int lane, ulong to, ulong from, int size, int sourceSize)
    {
        var target = warp.Cta.Shared.BeginAsyncWrite(warp, lane, to, size);
        var source = sourceSize > 0 ? Source(warp, lane, from, sourceSize) : null;
        var copy = new Copy(lane, groups[lane], to, from, size, sourceSize);
        if (warp.Cta.Grid.Options.AsyncCopies == AsyncCopyMoment.Earliest)
            Move(target, source, copy);

        underWay.Add(copy);
    }

    /// <summary>Ends the group of each lane and begins its next one.</summary>
    public void Commit(uint lanes)
    {
        for (var lane = 0; lane < 32; lane++)
            groups[lane] += (int)(lanes >> lane) & 1;
    }

    /// <summary>Waits until at most so many of each lane's groups are under way.</summary>
    public void Wait(Warp warp, uint lanes, int pendingGroups)
    {
        var kept = 0;
        for (var index = 0; index < underWay.Count; index++)
        {
            var copy = underWay[index];
            if ((lanes >> copy.Lane & 1) != 0 && copy.Group < groups[copy.Lane] - pendingGroups)
                End(warp, copy);
            else
                underWay[kept++] = copy;
        }

        underWay.RemoveRange(kept, underWay.Count - kept);
    }

    private static void End(Warp warp, Copy copy)
    {
        var shared = warp.Cta.Shared;
        shared.EndAsyncWrite(warp, copy.Lane, copy.To, copy.Size);
        if (warp.Cta.Grid.Options.AsyncCopies == AsyncCopyMoment.Latest)
            Move(shared.Data + copy.To, copy.SourceSize > 0 ? Source(warp, copy.Lane, copy.From, copy.SourceSize) : null, copy);
    }

    private static void Move(byte* to, byte* from, Copy copy)
    {
        var target = new Span<byte>(to, copy.Size);
        new ReadOnlySpan<byte>(from, copy.SourceSize).CopyTo(target);
        target[copy.SourceSize..].Clear();
    }

    private static byte* Source(Warp warp, int lane, ulong from, int size)
    {
        // Fewer bytes than the copy's size may be read; what has no power of two is checked byte by byte.
        var block = warp.FindGlobal(lane, from, size);
        if (int.IsPow2(size))
            return block.Read(warp, lane, from, size);

        for (var index = 0; index < size; index++)
            block.Read(warp, lane, from + (ulong)index, 1);

        return block.Data + (from - block.Start);
    }

    private readonly record struct Copy(int Lane, int Group, ulong To, ulong From, int Size, int SourceSize);
}
