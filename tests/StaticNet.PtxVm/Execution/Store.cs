using System.Numerics;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Execution.Operations;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>st.global</c> and <c>st.shared</c></summary>
internal sealed unsafe class Store(AddressSource address, StateSpace space, ElementType element, Slot[] values, MemoryOrder order)
    : MemoryAccess(address, space, element.Size * values.Length)
{
    public override void Execute(Warp warp, uint active)
    {
        Begin(warp, active, isStore: true);
        var previous = -1;
        var mayOverlap = false;
        for (var rest = active; rest != 0; rest &= rest - 1)
        {
            var lane = BitOperations.TrailingZeroCount(rest);
            mayOverlap |= previous >= 0 && warp.Addresses[lane] < warp.Addresses[previous] + (uint)Size;
            previous = lane;
        }

        if (mayOverlap)
            RequireAgreement(warp, active);

        order.BeforeAccess(warp);
        var kind = order == MemoryOrder.Weak ? AccessKind.Write : AccessKind.Atomic;
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var to = Block(warp, lane).Write(warp, lane, warp.Addresses[lane], Size, kind);
            foreach (var value in values)
            {
                element.Write(to, RegisterValue.Read(warp.Registers + value.Offset, lane, value.Size));
                to += element.Size;
            }

            if (order != MemoryOrder.Weak && Space == StateSpace.Global)
                warp.Cta.Grid.Synchronization.Release(warp, warp.Addresses[lane]);
        }
    }

    /// <summary>Which of several lanes wins is not defined: they have to write the same.</summary>
    private void RequireAgreement(Warp warp, uint active)
    {
        var written = new Dictionary<ulong, (int Lane, byte Value)>();
        var bytes = stackalloc byte[8];
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            for (var index = 0; index < Size; index++)
            {
                var value = values[index / element.Size];
                element.Write(bytes, RegisterValue.Read(warp.Registers + value.Offset, lane, value.Size));
                var (place, content) = (warp.Addresses[lane] + (uint)index, bytes[index % element.Size]);
                if (!written.TryAdd(place, (lane, content)) && written[place].Value != content)
                    throw warp.Fault(FaultKind.WriteConflict, lane, $"lane {written[place].Lane} writes another value to {place:x}");
            }
        }
    }
}
