namespace StaticNet.PtxVm.Checks;

/// <summary>What a kernel did that it must not.</summary>
public enum FaultKind
{
    /// <summary>An address belongs to no allocation, or reaches beyond one.</summary>
    OutOfBounds,

    /// <summary>The allocation was freed.</summary>
    UseAfterFree,

    /// <summary>An address is no multiple of the access's size.</summary>
    Misaligned,

    /// <summary>Memory is read that nobody has written.</summary>
    UninitializedMemory,

    /// <summary>A register is read that has no value in some active lane.</summary>
    UninitializedRegister,

    /// <summary>Memory is used before the <c>cp.async</c> that fills it was waited for.</summary>
    AsyncCopyPending,

    /// <summary>Memory is written that the same launch reads through <c>.nc</c>.</summary>
    ReadOnlyViolation,

    /// <summary>Two warps use the same shared memory, at least one writing, and nothing orders them.</summary>
    SharedRace,

    /// <summary>Two warps or CTAs use the same global memory, at least one writing, and nothing orders them.</summary>
    GlobalRace,

    /// <summary>Lanes of one warp write different values to the same place in one instruction.</summary>
    WriteConflict,

    /// <summary>Lanes that must execute an instruction together do not.</summary>
    Divergence,

    /// <summary>A barrier waits for warps that have exited.</summary>
    BarrierDivergence,

    /// <summary>All warps wait, and no barrier can be completed.</summary>
    Deadlock,

    /// <summary>The launch does not end within its budget of instructions.</summary>
    NoProgress,

    /// <summary>Division by zero, execution beyond the last instruction, <c>trap</c>.</summary>
    IllegalInstruction,
}
