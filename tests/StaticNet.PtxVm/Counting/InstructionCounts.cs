namespace StaticNet.PtxVm.Counting;

/// <summary>What one instruction of a kernel did in a launch, over all warps.</summary>
public struct InstructionCounts
{
    /// <summary>How often a warp issued it.</summary>
    public long Issued { get; internal set; }

    /// <summary>Over these, the active lanes.</summary>
    public long Lanes { get; internal set; }

    /// <summary>Cycles in which its accesses occupy shared memory.</summary>
    public long SharedCycles { get; internal set; }

    /// <summary>Those of them that bank conflicts add.</summary>
    public long BankConflictCycles { get; internal set; }

    /// <summary>Sectors of 32 bytes of global memory that it asked for.</summary>
    public long Sectors { get; internal set; }

    /// <summary>The different bytes that each warp asked for in these.</summary>
    public long SectorBytes { get; internal set; }
}
