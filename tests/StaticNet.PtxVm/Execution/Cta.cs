using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Memory;

namespace StaticNet.PtxVm.Execution;

/// <summary>A cooperative thread array: warps, their shared memory and their barriers. The object serves one CTA after another.</summary>
internal sealed class Cta : IDisposable
{
    public Cta(Grid grid)
    {
        Grid = grid;
        Shared = new("shared memory", 0, grid.SharedSize, isShared: true);
        Warps = Enumerable.Range(0, (int)((grid.Block.Count + 31) / 32)).Select(index => new Warp(this, index)).ToArray();
    }

    public Grid Grid { get; }

    public MemoryBlock Shared { get; }

    public Warp[] Warps { get; }

    /// <summary>Its number, counted over all launches.</summary>
    public uint Number { get; private set; }

    public Dim3 Position { get; private set; }

    /// <summary>The barriers completed so far, and one.</summary>
    public uint Time { get; private set; }

    public bool IsDone => Array.TrueForAll(Warps, warp => warp.State == WarpState.Exited);

    public bool CanRun => Array.Exists(Warps, warp => warp.State == WarpState.Running);

    /// <summary>Becomes the CTA of an index within the grid.</summary>
    public void Begin(int index)
    {
        Number = Grid.FirstCta + (uint)index;
        Position = Grid.Extent.At(index);
        Time = 1;
        Shared.Reset();
        foreach (var warp in Warps)
            warp.Reset();
    }

    /// <summary>Begins a new time: what happens from now on is not known to those who learn of what happened before.</summary>
    public uint Advance() => Time++;

    /// <summary>Completes the barriers that all their warps have come to.</summary>
    /// <exception cref="KernelFaultException">A barrier cannot be completed any more.</exception>
    public void CompleteBarriers()
    {
        for (var id = 0; id < 16; id++)
        {
            var arrived = Array.FindAll(Warps, warp => warp.State == WarpState.AtBarrier && warp.Barrier.Id == id);
            if (arrived.Length == 0)
                continue;

            var threads = arrived[0].Barrier.Threads;
            if (Array.Find(arrived, warp => warp.Barrier.Threads != threads) is { } other)
                throw other.Fault(FaultKind.BarrierDivergence, 0, $"barrier {id} is for {other.Barrier.Threads} threads here and for {threads} elsewhere");

            var needed = threads == 0 ? Warps.Length : threads / 32;
            if (arrived.Length == needed)
                Release(arrived);
            else if (threads == 0 && Array.Find(Warps, warp => warp.State == WarpState.Exited) is { } gone)
                throw arrived[0].Fault(FaultKind.BarrierDivergence, 0, $"warp {gone.Index} has exited, and barrier {id} waits for all warps");
        }
    }

    /// <summary>Reports that no warp can go on.</summary>
    public KernelFaultException Deadlock()
    {
        var waiting = Array.FindAll(Warps, warp => warp.State == WarpState.AtBarrier);
        var where = string.Join(", ", waiting.Select(warp =>
            $"warp {warp.Index} at barrier {warp.Barrier.Id} (line {Grid.Program.Instructions[warp.CurrentPc].Line})"));
        return waiting[0].Fault(FaultKind.Deadlock, 0, $"no barrier can be completed: {where}");
    }

    public void Dispose()
    {
        Shared.Dispose();
        foreach (var warp in Warps)
            warp.Dispose();
    }

    /// <summary>Lets warps go on; each knows all that each of them did and knew.</summary>
    private void Release(Warp[] arrived)
    {
        var now = Advance();
        var joined = arrived[0].Before;
        foreach (var warp in arrived)
        {
            joined.Join(warp.Before);
            joined.Own[warp.Index] = now;
        }

        foreach (var warp in arrived)
        {
            warp.Before.Join(joined);
            warp.State = WarpState.Running;
            warp.Step++;
        }
    }
}
