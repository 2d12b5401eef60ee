using System.Numerics;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>cp.async</c>: from global to shared memory; what the source does not have is filled with zeros.</summary>
internal sealed unsafe class CopyAsync(AddressSource target, AddressSource source, int size, Slot? sourceSize) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        var sources = stackalloc ulong[32];
        source.Compute(warp.Registers, sources);
        target.Compute(warp.Registers, warp.Addresses);
        BankConflicts.Count(warp.Cta.Grid.Counts, warp.CurrentPc, warp.Addresses, active, size);
        var (sectors, lanes) = (warp.Cta.Grid.Sectors, 0);
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var bytes = sourceSize is { } slot ? ((int*)(warp.Registers + slot.Offset))[lane] : size;
            if (bytes < 0 || bytes > size)
                throw warp.Fault(FaultKind.IllegalInstruction, lane, $"a copy of {size} bytes from {bytes}");

            if ((sources[lane] & (ulong)(size - 1)) != 0 && bytes > 0)
                throw warp.Fault(FaultKind.Misaligned, lane, $"{size}-byte copy from {sources[lane]:x}");

            warp.Copies.Begin(warp, lane, warp.Addresses[lane], sources[lane], size, bytes);
            if (bytes == 0)
                continue;

            sectors.Add(warp.FindGlobal(lane, sources[lane], bytes), sources[lane], bytes);
            lanes++;
        }

        sectors.Finish(warp.CurrentPc, isStore: false, lanes, size);
    }
}

/// <summary><c>cp.async.commit_group</c></summary>
internal sealed class CommitGroup : Instruction
{
    public override void Execute(Warp warp, uint active) => warp.Copies.Commit(active);
}

/// <summary><c>cp.async.wait_group</c></summary>
internal sealed class WaitGroup(int pendingGroups) : Instruction
{
    public override void Execute(Warp warp, uint active) => warp.Copies.Wait(warp, active, pendingGroups);
}

/// <summary><c>cp.async.wait_all</c>: for all copies, committed or not.</summary>
internal sealed class WaitAll : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        warp.Copies.Commit(active);
        warp.Copies.Wait(warp, active, 0);
    }
}
