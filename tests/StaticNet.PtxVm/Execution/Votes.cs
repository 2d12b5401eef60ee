using System.Numerics;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Execution.Operations;

namespace StaticNet.PtxVm.Execution;

/// <summary><c>vote.sync</c>: all lanes that a mask names get the same answer about their predicates.</summary>
internal sealed unsafe class Vote(string mode, Slot result, Slot predicate, bool isNegated, Slot mask) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        for (var rest = active; rest != 0; rest &= rest - 1)
            warp.RequireLanes(active, ((uint*)(warp.Registers + mask.Offset))[BitOperations.TrailingZeroCount(rest)]);

        var votes = (*(uint*)(warp.Registers + predicate.Offset) ^ (isNegated ? AllLanes : 0)) & active;
        var to = (uint*)(warp.Registers + result.Offset);
        if (mode == "ballot")
        {
            for (; active != 0; active &= active - 1)
                to[BitOperations.TrailingZeroCount(active)] = votes;

            return;
        }

        var answer = mode switch
        {
            "all" => votes == active,
            "any" => votes != 0,
            _ => votes == active || votes == 0,
        };
        *to = answer ? *to | active : *to & ~active;
    }
}

/// <summary><c>activemask</c></summary>
internal sealed unsafe class ActiveMask(Slot result) : Instruction
{
    public override void Execute(Warp warp, uint active)
    {
        for (var rest = active; rest != 0; rest &= rest - 1)
            ((uint*)(warp.Registers + result.Offset))[BitOperations.TrailingZeroCount(rest)] = active;
    }
}

/// <summary><c>redux.sync</c>: all lanes that a mask names get the same combination of their values.</summary>
internal sealed unsafe class Reduction<T, TOperation>(Slot result, Slot value, Slot mask) : Instruction
    where T : unmanaged
    where TOperation : IBinary<T, T, T>
{
    public override void Execute(Warp warp, uint active)
    {
        var values = (T*)(warp.Registers + value.Offset);
        var total = values[BitOperations.TrailingZeroCount(active)];
        for (var rest = active; rest != 0; rest &= rest - 1)
        {
            var lane = BitOperations.TrailingZeroCount(rest);
            warp.RequireLanes(active, ((uint*)(warp.Registers + mask.Offset))[lane]);
            if (lane != BitOperations.TrailingZeroCount(active))
                total = TOperation.Invoke(total, values[lane]);
        }

        for (; active != 0; active &= active - 1)
            ((T*)(warp.Registers + result.Offset))[BitOperations.TrailingZeroCount(active)] = total;
    }
}
