using System.ComponentModel;
using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>A network's kernels for NVIDIA GPUs, and when which of them runs: the generator writes it beside the network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CudaPrograms
{
    /// <summary>The text of the module that has the kernels: PTX in UTF-8.</summary>
    public abstract ReadOnlySpan<byte> Ptx { get; }

    /// <summary>The launches of a program; null for one that the network does not have.</summary>
    public abstract CudaProgram? Program(ProgramKind kind);

    /// <summary>The output or the predictions.</summary>
    protected static CudaPlace Output => new(CudaSpace.Output);

    /// <summary>The targets.</summary>
    protected static CudaPlace Target => new(CudaSpace.Target);

    /// <summary>The weight of each sample in the loss.</summary>
    protected static CudaPlace SampleWeights => new(CudaSpace.SampleWeights);

    /// <summary>The weighted loss of each sample.</summary>
    protected static CudaPlace Losses => new(CudaSpace.Losses);

    /// <summary>The gradient of the output, given by the user.</summary>
    protected static CudaPlace OutputGradient => new(CudaSpace.OutputGradient);

    /// <summary>What changes from step to step.</summary>
    protected static CudaPlace Step => new(CudaSpace.Step);

    /// <summary>A launch; the parameters are those of <see cref="CudaLaunch"/>.</summary>
    protected static CudaLaunch Launch(string layer, string kernel, int threads, BlockCount x, BlockCount y, BlockCount z, params CudaPlace[] operands) =>
        new(layer, kernel, threads, x, y, z, operands);

    /// <summary>A place in the work area, so many floats behind its begin, and so many more for each sample.</summary>
    protected static CudaPlace Arena(long floats, long floatsPerSample = 0) => new(CudaSpace.Arena, floats, floatsPerSample);

    /// <summary>A place among the parameters.</summary>
    protected static CudaPlace Parameters(long floats) => new(CudaSpace.Parameters, floats);

    /// <summary>A place among the gradients of the parameters.</summary>
    protected static CudaPlace Gradients(long floats) => new(CudaSpace.Gradients, floats);

    /// <summary>An input.</summary>
    protected static CudaPlace Input(int ordinal) => new(CudaSpace.Input, Ordinal: ordinal);

    /// <summary>The gradient of an input.</summary>
    protected static CudaPlace InputGradient(int ordinal) => new(CudaSpace.InputGradient, Ordinal: ordinal);
}

/// <summary>A program as launches, one after another.</summary>
/// <param name="FixedFloats">Floats of work area that do not grow with the batch.</param>
/// <param name="SampleFloats">Floats of work area for each sample.</param>
/// <param name="Launches">In their order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CudaProgram(long FixedFloats, long SampleFloats, CudaLaunch[] Launches);

/// <summary>One launch. The kernel's parameters are the addresses of its operands, then the batch as a 32-bit number.</summary>
/// <param name="Layer">What it computes, in the words of the declaration: for errors and profiles.</param>
/// <param name="Kernel">Its name in the module.</param>
/// <param name="Threads">Threads of a block.</param>
/// <param name="X">Blocks along x.</param>
/// <param name="Y">Blocks along y.</param>
/// <param name="Z">Blocks along z.</param>
/// <param name="Operands">What it reads and writes, in the order of the kernel's parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CudaLaunch(string Layer, string Kernel, int Threads, BlockCount X, BlockCount Y, BlockCount Z, CudaPlace[] Operands)
{
    /// <summary>Bytes of dynamic shared memory.</summary>
    public int SharedBytes { get; init; }
}

/// <summary>How many blocks: <paramref name="Blocks"/> · ⌈batch · <paramref name="ItemsPerSample"/> / <paramref name="ItemsPerBlock"/>⌉, without items just Blocks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BlockCount(int Blocks, int ItemsPerSample = 0, int ItemsPerBlock = 1)
{
    /// <summary>The same number for all batches.</summary>
    public static implicit operator BlockCount(int blocks) => new(blocks);

    /// <summary>The number for a batch.</summary>
    public int Of(int batch) => ItemsPerSample == 0
        ? Blocks
        : checked((int)(Blocks * ((((long)batch * ItemsPerSample) + ItemsPerBlock - 1) / ItemsPerBlock)));
}

/// <summary>Which memory a kernel's operand is in.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum CudaSpace
{
    /// <summary>The work area of the program: the fixed floats first, then those of the samples.</summary>
    Arena,

    /// <summary>The parameter arena.</summary>
    Parameters,

    /// <summary>The gradient arena, in the order of the parameters.</summary>
    Gradients,

    /// <summary>The inputs, by ordinal.</summary>
    Input,

    /// <summary>The gradients of the inputs, by ordinal; there is always room for them.</summary>
    InputGradient,

    /// <summary>The output or the predictions.</summary>
    Output,

    /// <summary>Class indices (32-bit) or vectors.</summary>
    Target,

    /// <summary>The weight of each sample in the loss.</summary>
    SampleWeights,

    /// <summary>The weighted loss of each sample.</summary>
    Losses,

    /// <summary>The gradient of the output, given by the user.</summary>
    OutputGradient,

    /// <summary>Numbers that change from step to step: <see cref="CudaStep"/>.</summary>
    Step,
}

/// <summary>Where an operand begins.</summary>
/// <param name="Space">In which memory.</param>
/// <param name="Floats">So many floats behind its begin.</param>
/// <param name="FloatsPerSample">And so many more for each sample of the batch.</param>
/// <param name="Ordinal">Which input.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct CudaPlace(CudaSpace Space, long Floats = 0, long FloatsPerSample = 0, int Ordinal = 0);

/// <summary>What changes from step to step while the launches stay as they were captured. As it lies in the device's memory.</summary>
/// <param name="RandomKey">At byte 0, the key of the random numbers: the network's seed.</param>
/// <param name="RandomStep">At byte 8, counts training steps, so that each has its own random numbers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct CudaStep(ulong RandomKey, ulong RandomStep);
