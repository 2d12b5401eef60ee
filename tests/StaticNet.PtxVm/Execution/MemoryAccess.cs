using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Memory;

namespace StaticNet.PtxVm.Execution;

/// <summary>An instruction that reaches shared or global memory at an address of each lane.</summary>
internal abstract unsafe class MemoryAccess(AddressSource address, StateSpace space, int size) : Instruction
{
    private readonly AddressSource address = address;

    /// <summary>The bytes of a lane: all elements of a vector.</summary>
    protected int Size => size;

    protected StateSpace Space => space;

    /// <summary>Computes the addresses and counts the access; true where all lanes together reach a row, words that follow each other.</summary>
    protected bool Begin(Warp warp, uint active, bool isStore)
    {
        address.Compute(warp.Registers, warp.Addresses);
        var isRow = active == AllLanes && size >= 4 && IsRow(warp.Addresses);
        if (space == StateSpace.Shared && isRow)
            BankConflicts.CountRow(warp.Cta.Grid.Counts, warp.CurrentPc, size);
        else if (space == StateSpace.Shared)
            BankConflicts.Count(warp.Cta.Grid.Counts, warp.CurrentPc, warp.Addresses, active, size);
        else if (space == StateSpace.Global)
            CountSectors(warp, active, isStore, isRow);

        return isRow;
    }

    private bool IsRow(ulong* addresses)
    {
        var isRow = (addresses[0] & (ulong)(size - 1)) == 0;
        var expected = addresses[0];
        for (var lane = 1; lane < 32 && isRow; lane++)
            isRow = addresses[lane] == (expected += (ulong)size);

        return isRow;
    }

    /// <summary>Returns the memory that a lane's address is in.</summary>
    protected MemoryBlock Block(Warp warp, int lane) => space switch
    {
        StateSpace.Shared => warp.Cta.Shared,
        StateSpace.Constant => warp.Cta.Grid.Constants,
        _ => warp.FindGlobal(lane, warp.Addresses[lane], size),
    };

    private void CountSectors(Warp warp, uint active, bool isStore, bool isRow)
    {
        var sectors = warp.Cta.Grid.Sectors;
        if (isRow && warp.FindGlobal(0, warp.Addresses[0], size) is var block && block.HasRow(warp.Addresses[0], size))
        {
            sectors.AddRow(block, warp.Addresses[0], 32 * size);
            sectors.Finish(warp.CurrentPc, isStore, 32, size);
            return;
        }

        var lanes = 0;
        for (var lane = 0; lane < 32; lane++)
        {
            if ((active >> lane & 1) == 0)
                continue;

            sectors.Add(warp.FindGlobal(lane, warp.Addresses[lane], size), warp.Addresses[lane], size);
            lanes++;
        }

        sectors.Finish(warp.CurrentPc, isStore, lanes, size);
    }
}
