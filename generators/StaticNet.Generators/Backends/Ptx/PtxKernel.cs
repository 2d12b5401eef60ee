namespace StaticNet.Generators.Backends.Ptx;

/// <summary>How many blocks a launch has: Blocks · ⌈batch · ItemsPerSample / ItemsPerBlock⌉, without items just Blocks.</summary>
internal readonly record struct PtxBlocks(int Blocks, int ItemsPerSample = 0, int ItemsPerBlock = 1)
{
    /// <summary>The number for a batch.</summary>
    public int Of(int batch) => ItemsPerSample == 0
        ? Blocks
        : checked((int)(Blocks * ((((long)batch * ItemsPerSample) + ItemsPerBlock - 1) / ItemsPerBlock)));
}

/// <summary>A kernel as it was written, and how it is launched. Its parameters are the addresses of its operands in order, then the batch.</summary>
/// <param name="Name">What it should be called: kind and shape. Kernels whose texts differ may have the same.</param>
/// <param name="Description">What it computes, line by line, in the names of its operands.</param>
/// <param name="Writer">Has its body.</param>
/// <param name="Operands">What it touches.</param>
/// <param name="Threads">Threads of a block.</param>
/// <param name="X">Blocks along x.</param>
internal sealed record PtxKernel(string Name, string Description, PtxWriter Writer, PtxOperands Operands, int Threads, PtxBlocks X)
{
    /// <summary>Blocks along y.</summary>
    public PtxBlocks Y { get; init; } = new(1);

    /// <summary>Blocks along z.</summary>
    public PtxBlocks Z { get; init; } = new(1);

    /// <summary>Bytes of dynamic shared memory.</summary>
    public int SharedBytes { get; init; }

    /// <summary>Blocks that a multiprocessor should hold at once; null for no wish.</summary>
    public int? BlocksAtOnce { get; init; }

    /// <summary>Its text under a name.</summary>
    public string Text(string name) => Writer.Kernel(name, Description, Threads, BlocksAtOnce);
}
