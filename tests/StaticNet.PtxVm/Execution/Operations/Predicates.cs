using System.Numerics;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution.Operations;

/// <summary>What <c>setp</c> asks of two operands.</summary>
internal interface IComparison<T>
{
    static abstract bool Invoke(T a, T b);
}

/// <summary><c>setp</c>: a bit for each lane, combined with another predicate where <paramref name="logic"/> names how.</summary>
internal sealed unsafe class Compare<T, TComparison>(Slot result, Slot a, Slot b, Slot with, bool isNegated, string logic) : Instruction
    where T : unmanaged
    where TComparison : IComparison<T>
{
    public override void Execute(Warp warp, uint active)
    {
        var x = (T*)(warp.Registers + a.Offset);
        var y = (T*)(warp.Registers + b.Offset);
        var bits = 0u;
        for (var lane = 0; lane < 32; lane++)
        {
            if (TComparison.Invoke(x[lane], y[lane]))
                bits |= 1u << lane;
        }

        if (logic.Length > 0)
            bits = PredicateLogic.Combine(logic, bits, *(uint*)(warp.Registers + with.Offset) ^ (isNegated ? AllLanes : 0));

        var to = (uint*)(warp.Registers + result.Offset);
        *to = (*to & ~active) | (bits & active);
    }
}

/// <summary><c>and</c>, <c>or</c>, <c>xor</c>, <c>not</c> and <c>mov</c> of predicates.</summary>
internal sealed unsafe class PredicateLogic(Slot result, Slot a, bool isNegatedA, Slot b, bool isNegatedB, string logic) : Instruction
{
    public static uint Combine(string logic, uint a, uint b) => logic switch
    {
        "and" => a & b,
        "or" => a | b,
        "xor" => a ^ b,
        _ => a,
    };

    public override void Execute(Warp warp, uint active)
    {
        var first = *(uint*)(warp.Registers + a.Offset) ^ (isNegatedA ? AllLanes : 0);
        var second = *(uint*)(warp.Registers + b.Offset) ^ (isNegatedB ? AllLanes : 0);
        var to = (uint*)(warp.Registers + result.Offset);
        *to = (*to & ~active) | (Combine(logic, first, second) & active);
    }
}

/// <summary><c>selp</c></summary>
internal sealed unsafe class Select<T>(Slot result, Slot a, Slot b, Slot predicate, bool isNegated) : Instruction
    where T : unmanaged
{
    public override void Execute(Warp warp, uint active)
    {
        var bits = *(uint*)(warp.Registers + predicate.Offset) ^ (isNegated ? AllLanes : 0);
        var to = (T*)(warp.Registers + result.Offset);
        var x = (T*)(warp.Registers + a.Offset);
        var y = (T*)(warp.Registers + b.Offset);
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            to[lane] = ((bits >> lane) & 1) != 0 ? x[lane] : y[lane];
        }
    }
}
