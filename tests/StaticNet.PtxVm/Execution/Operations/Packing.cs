using System.Numerics;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution.Operations;

/// <summary><c>mov.b64 d, {a, b}</c>: the first element gives the lowest bits.</summary>
internal sealed unsafe class Pack(Slot result, Slot[] elements) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var value = 0UL;
            for (var index = 0; index < elements.Length; index++)
            {
                var element = elements[index];
                value |= RegisterValue.Read(warp.Registers + element.Offset, lane, element.Size) << (8 * element.Size * index);
            }

            RegisterValue.Write(warp.Registers + result.Offset, lane, result.Size, value);
        }
    }
}

/// <summary><c>mov.b64 {a, b}, d</c></summary>
internal sealed unsafe class Unpack(Slot[] elements, Slot source) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            var value = RegisterValue.Read(warp.Registers + source.Offset, lane, source.Size);
            for (var index = 0; index < elements.Length; index++)
            {
                var element = elements[index];
                RegisterValue.Write(warp.Registers + element.Offset, lane, element.Size, value >> (8 * element.Size * index));
            }
        }
    }
}
