using System.Numerics;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Execution.Operations;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>ld.global</c>, <c>ld.shared</c> and <c>ld.const</c></summary>
internal sealed unsafe class Load(AddressSource address, StateSpace space, ElementType element, Slot[] results, bool isReadOnly, MemoryOrder order)
    : MemoryAccess(address, space, element.Size * results.Length)
{
    /// <summary>Whether elements and registers have 4 bytes, as most do.</summary>
    private readonly bool areWords = element.Size == 4 && Array.TrueForAll(results, result => result.Size == 4);

    public override void Execute(Warp warp, uint active)
    {
        var isRow = Begin(warp, active, isStore: false);
        if (isRow && areWords && order == MemoryOrder.Weak && Block(warp, 0).ReadRow(warp, warp.Addresses[0], Size, isReadOnly) is var row && row != null)
        {
            ReadRow(warp, (uint*)row);
            return;
        }

        var kind = order == MemoryOrder.Weak ? AccessKind.Read : AccessKind.AtomicRead;
        byte* from = null;
        var last = -1;
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            // What a warp reads once more in one instruction was found to be right the first time.
            if (last < 0 || warp.Addresses[lane] != warp.Addresses[last])
            {
                var block = Block(warp, lane);
                from = isReadOnly ? block.ReadReadOnly(warp, lane, warp.Addresses[lane], Size) : block.Read(warp, lane, warp.Addresses[lane], Size, kind);
                last = kind == AccessKind.Read ? lane : -1;
            }

            if (areWords)
            {
                for (var index = 0; index < results.Length; index++)
                    ((uint*)(warp.Registers + results[index].Offset))[lane] = ((uint*)from)[index];
            }
            else
            {
                for (var index = 0; index < results.Length; index++)
                {
                    var value = element.Read(from + (index * element.Size));
                    RegisterValue.Write(warp.Registers + results[index].Offset, lane, results[index].Size, value);
                }
            }

            if (order != MemoryOrder.Weak && Space == StateSpace.Global)
                warp.Cta.Grid.Synchronization.Acquire(warp, warp.Addresses[lane]);
        }

        order.AfterAccess(warp);
    }

    private void ReadRow(Warp warp, uint* from)
    {
        for (var index = 0; index < results.Length; index++)
        {
            var result = (uint*)(warp.Registers + results[index].Offset);
            for (var lane = 0; lane < 32; lane++)
                result[lane] = from[(lane * results.Length) + index];
        }
    }
}

/// <summary><c>ld.param</c>: all lanes get the same.</summary>
internal sealed unsafe class LoadParameter(int offset, ElementType element, Slot[] results) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        fixed (byte* parameters = warp.Cta.Grid.Parameters)
        {
            for (; active != 0; active &= active - 1)
            {
                var lane = BitOperations.TrailingZeroCount(active);
                for (var index = 0; index < results.Length; index++)
                {
                    var value = element.Read(parameters + offset + (index * element.Size));
                    RegisterValue.Write(warp.Registers + results[index].Offset, lane, results[index].Size, value);
                }
            }
        }
    }
}
