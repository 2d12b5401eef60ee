using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Decoding;
using StaticNet.PtxVm.Memory;

namespace StaticNet.PtxVm.Execution;

/// <summary>A launch: what all its CTAs share.</summary>
internal sealed unsafe class Grid : IDisposable
{
    public Grid(Program program, Dim3 extent, Dim3 block, int dynamicShared, byte[] parameters, GlobalMemory memory, LaunchOptions options, uint firstCta)
    {
        Program = program;
        Extent = extent;
        Block = block;
        SharedSize = program.Kernel.StaticSharedSize + dynamicShared;
        Parameters = parameters;
        Memory = memory;
        Options = options;
        FirstCta = firstCta;
        Counts = new(program.Kernel.Name, program.Instructions.Length);
        Sectors = new(Counts, firstCta);
        var constants = program.Kernel.Constants.Bytes;
        Constants = new("constant memory", 0, constants.Length, isShared: false);
        constants.CopyTo(new(Constants.Data, constants.Length));
        Constants.Initialized.SetRange(0, constants.Length);
    }

    public Program Program { get; }

    public Dim3 Extent { get; }

    public Dim3 Block { get; }

    public int SharedSize { get; }

    public byte[] Parameters { get; }

    public GlobalMemory Memory { get; }

    public MemoryBlock Constants { get; }

    public LaunchOptions Options { get; }

    /// <summary>The number of its first CTA, counted over all launches.</summary>
    public uint FirstCta { get; }

    public KernelCounts Counts { get; }

    public SectorCounter Sectors { get; }

    public Synchronization Synchronization { get; } = new();

    public void Dispose() => Constants.Dispose();

    /// <summary>Executes all CTAs.</summary>
    /// <exception cref="KernelFaultException">The kernel did what it must not.</exception>
    public KernelCounts Run()
    {
        new Scheduler(this).Run();
        for (var index = 0; index < Program.Instructions.Length; index++)
        {
            var count = Counts.ByInstruction[index];
            Counts.WarpInstructions += count.Issued;
            Counts.FloatingPointOperations += count.Lanes * Program.Instructions[index].FloatingPointOperations;
        }

        return Counts;
    }
}
