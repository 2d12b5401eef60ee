using System.Numerics;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>bra</c></summary>
internal sealed class Branch(int target, bool isUniform) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        if (isUniform && active != warp.Lanes)
            throw warp.Fault(FaultKind.Divergence, BitOperations.TrailingZeroCount(warp.Lanes & ~active), $"bra.uni is taken by lanes {active:x8} only");

        warp.Branch(active, target);
    }
}

/// <summary><c>ret</c> and <c>exit</c></summary>
internal sealed class Exit : Instruction
{
    public override void Execute(Warp warp, uint active) => warp.Exit(active);
}

/// <summary><c>trap</c></summary>
internal sealed class Trap : Instruction
{
    public override void Execute(Warp warp, uint active) =>
        throw warp.Fault(FaultKind.IllegalInstruction, BitOperations.TrailingZeroCount(active), "trap");
}

/// <summary><c>bar.sync</c>: a barrier of all warps of the CTA, or of as many threads as it says.</summary>
internal sealed unsafe class CtaBarrier(Slot id, Slot? threads) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        if (active != warp.Started)
            throw warp.Fault(FaultKind.Divergence, BitOperations.TrailingZeroCount(warp.Started & ~active), $"lanes {active:x8} alone come to a barrier");

        var number = Uniform(warp, id);
        var count = threads is { } slot ? Uniform(warp, slot) : 0;
        if (number >= 16 || count % 32 != 0 || (threads is not null && count == 0))
            throw warp.Fault(FaultKind.IllegalInstruction, 0, $"barrier {number} for {count} threads");

        warp.Barrier = (number, count);
        warp.State = WarpState.AtBarrier;
    }

    private static int Uniform(Warp warp, Slot slot)
    {
        var values = new ReadOnlySpan<int>(warp.Registers + slot.Offset, 32)[..BitOperations.PopCount(warp.Started)];
        return values.ContainsAnyExcept(values[0]) ? throw warp.Fault(FaultKind.Divergence, 0, "lanes name different barriers") : values[0];
    }
}

/// <summary><c>bar.warp.sync</c></summary>
internal sealed unsafe class WarpBarrier(Slot mask) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        for (var rest = active; rest != 0; rest &= rest - 1)
            warp.RequireLanes(active, ((uint*)(warp.Registers + mask.Offset))[BitOperations.TrailingZeroCount(rest)]);

        warp.Step++;
    }
}

/// <summary><c>membar</c> and <c>fence</c></summary>
internal sealed class Fence(bool isForOtherCtas) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        if (isForOtherCtas)
            warp.Fence();
    }
}

/// <summary><c>prefetch</c>: a hint; its address need not exist.</summary>
internal sealed class Prefetch : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
    }
}
