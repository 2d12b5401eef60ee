namespace StaticNet.PtxVm.Counting;

/// <summary>What a launch of a kernel did.</summary>
public sealed class KernelCounts
{
    internal KernelCounts(string kernel, int instructions)
    {
        Kernel = kernel;
        ByInstruction = new InstructionCounts[instructions];
    }

    public string Kernel { get; }

    public long WarpInstructions { get; internal set; }

    /// <summary>A fused multiply-add counts as two, a matrix multiply-add of m×n×k as 2·m·n·k.</summary>
    public long FloatingPointOperations { get; internal set; }

    /// <summary>Sectors of 32 bytes that loads of each warp asked for.</summary>
    public long RequestedLoadSectors { get; internal set; }

    public long RequestedStoreSectors { get; internal set; }

    /// <summary>Different sectors that the whole launch loaded: what moves when the cache is cold and large.</summary>
    public long DistinctLoadSectors { get; internal set; }

    public long DistinctStoreSectors { get; internal set; }

    /// <summary>Different sectors that the whole launch loaded, stored or both.</summary>
    public long DistinctSectors { get; internal set; }

    /// <summary>Different bytes that each warp asked for in the requested sectors, loads and stores together.</summary>
    public long SectorBytes { get; internal set; }

    /// <summary>Bytes that lanes loaded from and stored to global memory.</summary>
    public long GlobalBytes { get; internal set; }

    /// <summary>Those of them that went in accesses of 16 bytes a lane.</summary>
    public long GlobalBytesBy16 { get; internal set; }

    public long SharedCycles { get; internal set; }

    public long BankConflictCycles { get; internal set; }

    /// <summary>The part of the requested sectors that is asked for: 1 where every byte of them is.</summary>
    public double SectorEfficiency => Ratio(SectorBytes, 32 * (RequestedLoadSectors + RequestedStoreSectors));

    /// <summary>The part of global bytes that went in accesses of 16 bytes.</summary>
    public double ShareBy16 => Ratio(GlobalBytesBy16, GlobalBytes);

    /// <summary>The same, for each instruction in the order of the text.</summary>
    public IReadOnlyList<InstructionCounts> Instructions => ByInstruction;

    internal InstructionCounts[] ByInstruction { get; }

    private static double Ratio(long part, long whole) => whole == 0 ? 1 : (double)part / whole;
}
