using System.Numerics;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Execution.Operations;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>atom</c> and <c>red</c>: lanes follow one another; <paramref name="result"/>, if there is one, gets what was there before.</summary>
internal sealed unsafe class Atomic<T, TOperation>(AddressSource address, StateSpace space, Slot? result, Slot value, Slot swap, MemoryOrder order)
    : MemoryAccess(address, space, sizeof(T))
    where T : unmanaged
    where TOperation : ITernary<T, T, T, T>
{
    public override void Execute(Warp warp, uint active)
    {
        Begin(warp, active, isStore: true);
        order.BeforeAccess(warp);
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var place = (T*)Block(warp, lane).Update(warp, lane, warp.Addresses[lane], Size);
            var before = *place;
            *place = TOperation.Invoke(before, ((T*)(warp.Registers + value.Offset))[lane], ((T*)(warp.Registers + swap.Offset))[lane]);
            if (result is { } slot)
                ((T*)(warp.Registers + slot.Offset))[lane] = before;

            if (Space == StateSpace.Global)
            {
                warp.Cta.Grid.Synchronization.Acquire(warp, warp.Addresses[lane]);
                warp.Cta.Grid.Synchronization.Release(warp, warp.Addresses[lane]);
            }
        }

        order.AfterAccess(warp);
    }
}
