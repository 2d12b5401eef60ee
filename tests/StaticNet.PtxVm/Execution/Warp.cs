using System.Numerics;
using System.Runtime.InteropServices;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Memory;

namespace StaticNet.PtxVm.Execution;

internal enum WarpState
{
    Running,
    AtBarrier,
    Exited,
}

/// <summary>
/// 32 lanes and their registers. Where lanes went different ways, those that are furthest behind in the text go on, until they have come
/// to the others: lanes meet again as early as they can.
/// </summary>
internal sealed unsafe class Warp : IDisposable
{
    private readonly Program program;
    private readonly uint[] initialized;
    private readonly List<(int Pc, uint Lanes)> waiting = [];
    private MemoryBlock? lastBlock;

    public Warp(Cta cta, int index)
    {
        Cta = cta;
        Index = index;
        program = cta.Grid.Program;
        initialized = new uint[program.Layout.RegisterCount];
        Registers = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(program.Layout.Size, 64), 64);
        Addresses = (ulong*)NativeMemory.AlignedAlloc(32 * sizeof(ulong), 64);
        RegisterInitialization.Constants(this, program.Layout);
        RegisterInitialization.Specials(this, program.Layout);
    }

    public Cta Cta { get; }

    /// <summary>Its number within the CTA.</summary>
    public int Index { get; }

    public byte* Registers { get; }

    /// <summary>Room for the addresses of an instruction.</summary>
    public ulong* Addresses { get; }

    public WarpState State { get; set; }

    /// <summary>The instruction after the one that is executed.</summary>
    public int Pc { get; set; }

    /// <summary>The instruction that is executed.</summary>
    public int CurrentPc { get; private set; }

    /// <summary>The lanes that go on together.</summary>
    public uint Lanes { get; private set; }

    /// <summary>The lanes that have not exited.</summary>
    public uint Live { get; private set; }

    /// <summary>The lanes that there were in the beginning: fewer than 32 in the last warp of a CTA whose threads are no multiple.</summary>
    public uint Started { get; private set; }

    /// <summary>The barriers that its lanes have come through together.</summary>
    public uint Step { get; set; }

    /// <summary>The barrier it waits at, if it does, and how many threads that is for.</summary>
    public (int Id, int Threads) Barrier { get; set; }

    public AsyncCopies Copies { get; } = new();

    /// <summary>What it knows to have happened before.</summary>
    public HappenedBefore Before { get; } = new();

    /// <summary>Begins a CTA anew.</summary>
    public void Reset()
    {
        var threads = (int)Cta.Grid.Block.Count - (32 * Index);
        Started = Live = Lanes = threads >= 32 ? Instruction.AllLanes : (1u << threads) - 1;
        Pc = 0;
        Step = 0;
        State = WarpState.Running;
        waiting.Clear();
        Array.Clear(initialized);
        Copies.Reset();
        Before.Reset();
        RegisterInitialization.Position(this, program.Layout);
    }

    /// <summary>Executes up to <paramref name="quantum"/> instructions, fewer where it has to wait or exits; returns how many.</summary>
    public int Run(int quantum)
    {
        try
        {
            return Execute(quantum);
        }
        catch (DivideByZeroException)
        {
            throw Fault(FaultKind.IllegalInstruction, BitOperations.TrailingZeroCount(Lanes), "division by zero");
        }
    }

    /// <summary>Sends lanes to another instruction.</summary>
    public void Branch(uint lanes, int target)
    {
        if (lanes == Lanes)
        {
            Pc = target;
            return;
        }

        waiting.Add((target, lanes));
        Lanes &= ~lanes;
    }

    /// <summary>Ends lanes.</summary>
    public void Exit(uint lanes)
    {
        Live &= ~lanes;
        Lanes &= ~lanes;
        if (Live == 0)
            State = WarpState.Exited;
    }

    /// <summary>Tells whether everything that a warp did up to a time happened before what this one does now.</summary>
    public bool Knows(uint cta, int warp, uint time) => cta == Cta.Number
        ? warp == Index || Before.Own[warp] >= time
        : Before.KnowsOther(cta, warp, time);

    /// <summary>Returns the allocation that an address is in, most often that of the last time.</summary>
    public MemoryBlock FindGlobal(int lane, ulong address, int size)
    {
        if (lastBlock is null || lastBlock.IsFreed || (address & (ulong)(size - 1)) != 0 || address < lastBlock.Start
            || address - lastBlock.Start + (ulong)size > (ulong)lastBlock.Size)
            lastBlock = Cta.Grid.Memory.Find(this, lane, address, size);

        return lastBlock;
    }

    /// <summary>Orders what the warp did before and does after, as other CTAs see it.</summary>
    public void Fence() => Before.Fence(Cta.Number, Index, Cta.Advance());

    /// <summary>Requires an instruction that is <c>.aligned</c> to be executed by all lanes together.</summary>
    public void RequireAllLanes(uint active)
    {
        if (active != Instruction.AllLanes)
            throw Fault(FaultKind.Divergence, BitOperations.TrailingZeroCount(~active), $"all 32 lanes have to execute this together; these do: {active:x8}");
    }

    /// <summary>Requires that the lanes of a mask, and no others, execute an instruction together.</summary>
    public void RequireLanes(uint active, uint mask)
    {
        if (active != (mask & Live))
            throw Fault(FaultKind.Divergence, BitOperations.TrailingZeroCount(active ^ (mask & Live)), $"lanes {active:x8} execute what names lanes {mask:x8}");
    }

    /// <summary>Returns the exception for what a lane does in the current instruction.</summary>
    public KernelFaultException Fault(FaultKind kind, int lane, string detail)
    {
        var instruction = program.Instructions[Math.Min(CurrentPc, program.Instructions.Length - 1)];
        return new(kind, detail,
            $"kernel {program.Kernel.Name}, CTA {Cta.Position}, warp {Index}, lane {lane}, line {instruction.Line}: {instruction.Text}");
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Registers);
        NativeMemory.AlignedFree(Addresses);
    }

    private int Execute(int quantum)
    {
        var instructions = program.Instructions;
        var counts = Cta.Grid.Counts.ByInstruction;
        for (var executed = 0; executed < quantum; executed++)
        {
            if (waiting.Count > 0)
                Reconverge();

            if ((uint)Pc >= (uint)instructions.Length)
                throw Fault(FaultKind.IllegalInstruction, BitOperations.TrailingZeroCount(Lanes), "execution beyond the last instruction");

            var instruction = instructions[CurrentPc = Pc++];
            var active = Lanes;
            if (instruction.Guard.Offset >= 0)
            {
                RequireInitialized(instruction.Guard.Register, active);
                var guard = *(uint*)(Registers + instruction.Guard.Offset);
                active &= instruction.IsGuardNegated ? ~guard : guard;
            }

            ref var count = ref counts[CurrentPc];
            count.Issued++;
            if (active == 0)
                continue;

            count.Lanes += BitOperations.PopCount(active);
            foreach (var source in instruction.Sources)
                RequireInitialized(source, active);

            instruction.Execute(this, active);
            foreach (var result in instruction.Results)
                initialized[result] |= active;

            if (State != WarpState.Running)
                return executed + 1;
        }

        return quantum;
    }

    private void RequireInitialized(int register, uint active)
    {
        var missing = active & ~initialized[register];
        if (missing != 0)
        {
            throw Fault(FaultKind.UninitializedRegister, BitOperations.TrailingZeroCount(missing),
                $"register {program.Kernel.Registers[register].Name} is read without a value");
        }
    }

    /// <summary>Goes on with the lanes that are furthest behind, joined with all that wait for the same instruction.</summary>
    private void Reconverge()
    {
        if (Lanes != 0)
            waiting.Add((Pc, Lanes));

        Pc = waiting.Min(group => group.Pc);
        Lanes = 0;
        for (var index = waiting.Count - 1; index >= 0; index--)
        {
            if (waiting[index].Pc != Pc)
                continue;

            Lanes |= waiting[index].Lanes;
            waiting.RemoveAt(index);
        }
    }
}
