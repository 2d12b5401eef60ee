using System.Numerics;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Execution.Operations;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>st.global</c> and <c>st.shared</c></summary>
internal sealed unsafe class Store(AddressSource address, StateSpace space, ElementType element, Slot[] values, MemoryOrder order)
    : MemoryAccess(address, space, element.Size * values.Length)
{
    /// <summary>A power of two, and enough for 32 addresses to be found soon.</summary>
    private const int Places = 128;

    /// <summary>Whether elements and registers have 4 bytes, as most do.</summary>
    private readonly bool areWords = element.Size == 4 && Array.TrueForAll(values, value => value.Size == 4);

    public override void Execute(Warp warp, uint active)
    {
        var isRow = Begin(warp, active, isStore: true);
        if (isRow && areWords && order == MemoryOrder.Weak && Block(warp, 0).WriteRow(warp, warp.Addresses[0], Size) is var row && row != null)
        {
            WriteRow(warp, (uint*)row);
            return;
        }

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

    private void WriteRow(Warp warp, uint* to)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var value = (uint*)(warp.Registers + values[index].Offset);
            for (var lane = 0; lane < 32; lane++)
                to[(lane * values.Length) + index] = value[lane];
        }
    }

    /// <summary>Which of several lanes wins is not defined: they have to write the same.</summary>
    private void RequireAgreement(Warp warp, uint active)
    {
        // Accesses are aligned, so that those of one size overlap only where they are the same.
        var lanes = stackalloc byte[Places];
        new Span<byte>(lanes, Places).Clear();
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var place = (int)(warp.Addresses[lane] / (uint)Size % Places);
            while (lanes[place] != 0 && warp.Addresses[lanes[place] - 1] != warp.Addresses[lane])
                place = (place + 1) % Places;

            if (lanes[place] == 0)
                lanes[place] = (byte)(lane + 1);
            else if (!WritesTheSame(warp, lanes[place] - 1, lane))
                throw warp.Fault(FaultKind.WriteConflict, lane, $"lane {lanes[place] - 1} writes another value to {warp.Addresses[lane]:x}");
        }
    }

    private bool WritesTheSame(Warp warp, int one, int other)
    {
        ulong first, second;
        foreach (var value in values)
        {
            (first, second) = (0, 0);
            element.Write((byte*)&first, RegisterValue.Read(warp.Registers + value.Offset, one, value.Size));
            element.Write((byte*)&second, RegisterValue.Read(warp.Registers + value.Offset, other, value.Size));
            if (first != second)
                return false;
        }

        return true;
    }
}
