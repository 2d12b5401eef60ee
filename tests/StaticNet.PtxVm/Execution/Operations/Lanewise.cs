using System.Numerics;
using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution.Operations;

/// <summary>Executes an operation of one operand in every active lane.</summary>
internal sealed unsafe class Unary<TA, TResult, TOperation>(Slot result, Slot a) : Instruction
    where TA : unmanaged
    where TResult : unmanaged
    where TOperation : IUnary<TA, TResult>
{
    public override void Execute(Warp warp, uint active)
    {
        var to = (TResult*)(warp.Registers + result.Offset);
        var x = (TA*)(warp.Registers + a.Offset);
        if (active == AllLanes)
        {
            for (var lane = 0; lane < 32; lane++)
                to[lane] = TOperation.Invoke(x[lane]);

            return;
        }

        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            to[lane] = TOperation.Invoke(x[lane]);
        }
    }
}

/// <summary>Executes an operation of two operands in every active lane.</summary>
internal sealed unsafe class Binary<TA, TB, TResult, TOperation>(Slot result, Slot a, Slot b) : Instruction
    where TA : unmanaged
    where TB : unmanaged
    where TResult : unmanaged
    where TOperation : IBinary<TA, TB, TResult>
{
    public override void Execute(Warp warp, uint active)
    {
        var to = (TResult*)(warp.Registers + result.Offset);
        var x = (TA*)(warp.Registers + a.Offset);
        var y = (TB*)(warp.Registers + b.Offset);
        if (active == AllLanes)
        {
            for (var lane = 0; lane < 32; lane++)
                to[lane] = TOperation.Invoke(x[lane], y[lane]);

            return;
        }

        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            to[lane] = TOperation.Invoke(x[lane], y[lane]);
        }
    }
}

/// <summary>Executes an operation of three operands in every active lane.</summary>
internal sealed unsafe class Ternary<TA, TB, TC, TResult, TOperation>(Slot result, Slot a, Slot b, Slot c) : Instruction
    where TA : unmanaged
    where TB : unmanaged
    where TC : unmanaged
    where TResult : unmanaged
    where TOperation : ITernary<TA, TB, TC, TResult>
{
    public override void Execute(Warp warp, uint active)
    {
        var to = (TResult*)(warp.Registers + result.Offset);
        var x = (TA*)(warp.Registers + a.Offset);
        var y = (TB*)(warp.Registers + b.Offset);
        var z = (TC*)(warp.Registers + c.Offset);
        if (active == AllLanes)
        {
            for (var lane = 0; lane < 32; lane++)
                to[lane] = TOperation.Invoke(x[lane], y[lane], z[lane]);

            return;
        }

        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            to[lane] = TOperation.Invoke(x[lane], y[lane], z[lane]);
        }
    }
}

/// <summary>Executes an operation of four operands in every active lane.</summary>
internal sealed unsafe class Quaternary<TA, TB, TC, TD, TResult, TOperation>(Slot result, Slot a, Slot b, Slot c, Slot d) : Instruction
    where TA : unmanaged
    where TB : unmanaged
    where TC : unmanaged
    where TD : unmanaged
    where TResult : unmanaged
    where TOperation : IQuaternary<TA, TB, TC, TD, TResult>
{
    public override void Execute(Warp warp, uint active)
    {
        var registers = warp.Registers;
        for (; active != 0; active &= active - 1)
        {
            var lane = BitOperations.TrailingZeroCount(active);
            ((TResult*)(registers + result.Offset))[lane] = TOperation.Invoke(((TA*)(registers + a.Offset))[lane],
                ((TB*)(registers + b.Offset))[lane], ((TC*)(registers + c.Offset))[lane], ((TD*)(registers + d.Offset))[lane]);
        }
    }
}
