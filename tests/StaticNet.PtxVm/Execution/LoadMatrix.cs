using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary>
/// <c>ldmatrix</c>: matrices of 8×8 elements of 16 bits. Eight lanes give the rows of each; lane t gets elements 2·(t mod 4) and the next
/// one of row t/4, or with <c>.trans</c> of column t/4.
/// </summary>
internal sealed unsafe class LoadMatrix(AddressSource address, Slot[] results, bool isTransposed) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        warp.RequireAllLanes(active);
        address.Compute(warp.Registers, warp.Addresses);
        var rows = stackalloc ushort*[8];
        for (var matrix = 0; matrix < results.Length; matrix++)
        {
            BankConflicts.CountPhase(warp.Cta.Grid.Counts, warp.CurrentPc, warp.Addresses + (8 * matrix), 0xFF, 16);
            for (var row = 0; row < 8; row++)
                rows[row] = (ushort*)warp.Cta.Shared.Read(warp, (8 * matrix) + row, warp.Addresses[(8 * matrix) + row], 16);

            var to = (uint*)(warp.Registers + results[matrix].Offset);
            for (var lane = 0; lane < 32; lane++)
            {
                var (across, along) = (lane / 4, 2 * (lane % 4));
                to[lane] = isTransposed
                    ? rows[along][across] | ((uint)rows[along + 1][across] << 16)
                    : rows[across][along] | ((uint)rows[across][along + 1] << 16);
            }
        }
    }
}
