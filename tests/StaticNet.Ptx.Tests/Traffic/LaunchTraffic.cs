using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.Ptx.Tests.Traffic;

/// <summary>A launch of a training step, and what it moves, in sectors of 32 bytes.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Grid">Its blocks.</param>
/// <param name="Threads">Threads of a block.</param>
/// <param name="SharedBytes">Bytes of dynamic shared memory.</param>
/// <param name="BlocksOfSample">Blocks along x that each sample has of its own; zero where they are not so many.</param>
/// <param name="Allocate">Gives each parameter a value: memory of its own, just as large as needed, for each operand.</param>
/// <param name="OperandSectors">
/// Sectors of all operands: the most that the launch can touch, for to reach out of an operand is a fault of the virtual machine.
/// </param>
internal sealed record LaunchTraffic(
    Kernel Kernel, Dim3 Grid, int Threads, int SharedBytes, int BlocksOfSample, Func<Machine, object[]> Allocate, long OperandSectors)
{
    /// <summary>What the whole launch does.</summary>
    public KernelCounts Run()
    {
        using var machine = new Machine();
        return machine.Launch(Kernel, Grid, Threads, SharedBytes, Allocate(machine));
    }

    /// <summary>
    /// The sectors that the warps of all blocks request together, from those of one block of each class: one sample's stand for those of all
    /// samples, otherwise one for all but the last along an axis, and along z for all.
    /// </summary>
    public double Requested()
    {
        using var machine = new Machine();
        var (arguments, z) = (Allocate(machine), (Grid.Z - 1) / 2);
        return (from x in BlocksOfSample > 0 ? BlocksOfMiddleSample() : Classes(Grid.X)
                from y in Classes(Grid.Y)
                let counts = machine.Launch(Kernel, Grid, Threads, SharedBytes, arguments, new() { Ctas = cta => cta == new Dim3(x.Index, y.Index, z) })
                select (double)x.Count * y.Count * Grid.Z * (counts.RequestedLoadSectors + counts.RequestedStoreSectors)).Sum();
    }

    private IEnumerable<(int Index, int Count)> BlocksOfMiddleSample()
    {
        var samples = Grid.X / BlocksOfSample;
        return Enumerable.Range(samples / 2 * BlocksOfSample, BlocksOfSample).Select(index => (index, samples));
    }

    private static IEnumerable<(int Index, int Count)> Classes(int blocks) =>
        blocks == 1 ? [(0, 1)] : [((blocks - 1) / 2, blocks - 1), (blocks - 1, 1)];
}
