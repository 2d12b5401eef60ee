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
        Begin(warp, active, isStore: false);
        var kind = order == MemoryOrder.Weak ? AccessKind.Read : AccessKind.AtomicRead;
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var block = Block(warp, lane);
            var from = isReadOnly ? block.ReadReadOnly(warp, lane, warp.Addresses[lane], Size) : block.Read(warp, lane, warp.Addresses[lane], Size, kind);
            if (areWords)
            {
                for (var index = 0; index < results.Length; index++)
                    ((uint*)(warp.Registers + results[index].Offset))[lane] = ((uint*)from)[index];
            }
            else
            {
                foreach (var result in results)
                {
                    RegisterValue.Write(warp.Registers + result.Offset, lane, result.Size, element.Read(from));
                    from += element.Size;
                }
            }

            if (order != MemoryOrder.Weak && Space == StateSpace.Global)
                warp.Cta.Grid.Synchronization.Acquire(warp, warp.Addresses[lane]);
        }

        order.AfterAccess(warp);
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
