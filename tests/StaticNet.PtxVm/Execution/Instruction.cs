using StaticNet.PtxVm.Decoding;

namespace StaticNet.PtxVm.Execution;

/// <summary>A decoded instruction. One object serves all warps; everything that changes is the warp's.</summary>
internal abstract unsafe class Instruction
{
    /// <summary>The lanes of a full warp.</summary>
    public const uint AllLanes = uint.MaxValue;

    public int Line { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The guard predicate; without one, its offset is negative.</summary>
    public Slot Guard { get; set; } = new(-1, 0, -1);

    public bool IsGuardNegated { get; set; }

    /// <summary>The registers read, guard apart: each has to be initialised in every active lane.</summary>
    public int[] Sources { get; set; } = [];

    /// <summary>The registers written: initialised afterwards in every active lane.</summary>
    public int[] Results { get; set; } = [];

    /// <summary>Floating-point operations of a lane; a fused multiply-add counts as two.</summary>
    public int FloatingPointOperations { get; set; }

    /// <summary>Executes the instruction in the lanes of <paramref name="active"/>, of which there is at least one.</summary>
    public abstract void Execute(Warp warp, uint active);
}
