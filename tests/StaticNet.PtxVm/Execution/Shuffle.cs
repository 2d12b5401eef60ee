using System.Numerics;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>shfl.sync</c>: each lane reads a register of another one, or of itself where that one is out of its range.</summary>
internal sealed unsafe class Shuffle(string mode, Slot[] results, Slot source, Slot distance, Slot range, Slot mask) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        var values = stackalloc uint[32];
        var inRange = 0u;
        for (var rest = active; rest != 0; rest &= rest - 1)
        {
            var lane = BitOperations.TrailingZeroCount(rest);
            warp.RequireLanes(active, Value(warp, mask, lane));
            var (from, isInRange) = Find(lane, (int)Value(warp, distance, lane) & 31, (int)Value(warp, range, lane));
            if ((active >> from & 1) == 0)
                throw warp.Fault(FaultKind.Divergence, lane, $"the value of lane {from} is wanted, which does not take part");

            values[lane] = Value(warp, source, from);
            inRange |= (isInRange ? 1u : 0) << lane;
        }

        for (var rest = active; rest != 0; rest &= rest - 1)
        {
            var lane = BitOperations.TrailingZeroCount(rest);
            ((uint*)(warp.Registers + results[0].Offset))[lane] = values[lane];
        }

        if (results.Length > 1)
        {
            var predicate = (uint*)(warp.Registers + results[1].Offset);
            *predicate = (*predicate & ~active) | inRange;
        }
    }

    private static uint Value(Warp warp, Slot slot, int lane) => ((uint*)(warp.Registers + slot.Offset))[lane];

    /// <summary>Returns the lane to read, by the manual's formulas; the range has a clamp below and a segment mask above.</summary>
    private (int Lane, bool IsInRange) Find(int lane, int offset, int bounds)
    {
        var (clamp, segment) = (bounds & 31, (bounds >> 8) & 31);
        var first = lane & segment;
        var last = first | (clamp & ~segment);
        var (from, isInRange) = mode switch
        {
            "up" => (lane - offset, lane - offset >= last),
            "down" => (lane + offset, lane + offset <= last),
            "bfly" => (lane ^ offset, (lane ^ offset) <= last),
            _ => (first | (offset & ~segment), (first | (offset & ~segment)) <= last),
        };
        return isInRange ? (from, true) : (lane, false);
    }
}
