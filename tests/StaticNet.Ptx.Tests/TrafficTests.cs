using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Counting;

namespace StaticNet.Ptx.Tests;

/// <summary>What kernels that are bound by memory move: each sector that they need once, 16 bytes at a time, without conflicts in shared memory.</summary>
public class TrafficTests
{
    private const int Batch = 16;

    [Fact]
    public void A_map_moves_its_operands_and_its_result_once()
    {
        var (_, counts) = Run(n => n.Build.Map((a, b) => a * b, n.X(500), n.X(1, [500])));
        AssertOnce(counts, loads: 2 * Batch * 500, stores: Batch * 500);
        Assert.Equal(counts.DistinctLoadSectors, counts.RequestedLoadSectors);
    }

    [Fact]
    public void Softmax_reads_a_row_once()
    {
        var (_, counts) = Run(n => n.Softmax(n.X(1000)).Probabilities);
        AssertOnce(counts, loads: Batch * 1000, stores: Batch * 1000);
        Assert.Equal(counts.DistinctLoadSectors, counts.RequestedLoadSectors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Sums_over_rows_read_each_row_once(int rows)
    {
        var n = new NetworkBuilder();
        n.Parameter("bias", 64);
        n.Build.Graph.Name(Differentiate.GradientOf("bias"), n.Build.Reshape(n.Build.Reduce(ReduceKind.Sum, n.X(rows, 64), 0, 1), new([64])));
        var counts = Assert.Single(DeviceRun.Check(n.Build.Graph, Batch)).Counts;
        Assert.Equal(Batch * rows * 64 / 8, counts.RequestedLoadSectors);
        Assert.Equal(0, counts.BankConflictCycles);
    }

    [Fact]
    public void Parts_of_sums_meet_without_conflicts()
    {
        var n = new NetworkBuilder();
        n.Parameter("bias", 33);
        n.Build.Graph.Name(Differentiate.GradientOf("bias"), n.Build.Reshape(n.Build.Reduce(ReduceKind.Sum, n.X(40, 33), 0, 1), new([33])));
        Assert.All(DeviceRun.Check(n.Build.Graph, Batch), launch => Assert.Equal(0, launch.Counts.BankConflictCycles));
    }

    [Fact]
    public void Windows_that_share_no_cell_read_each_once()
    {
        var (_, counts) = Run(n => n.Build.Pool(PoolKind.Max, n.X(6, 8, 32), new(1, 2, 2, 0, 0), new(2, 2, 2, 0, 0)));
        AssertOnce(counts, loads: Batch * 6 * 8 * 32, stores: Batch * 3 * 4 * 32);
        Assert.Equal(counts.DistinctLoadSectors, counts.RequestedLoadSectors);
    }

    private static void AssertOnce(KernelCounts counts, int loads, int stores)
    {
        Assert.Equal(loads / 8, counts.DistinctLoadSectors);
        Assert.Equal(stores / 8, counts.RequestedStoreSectors);
        Assert.Equal(1, counts.SectorEfficiency);
        Assert.Equal(1, counts.ShareBy16);
    }

    private static (PtxKernel Kernel, KernelCounts Counts) Run(Func<NetworkBuilder, Node> network)
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", network(n));
        return Assert.Single(DeviceRun.Check(Simplify.Run(n.Build.Graph), Batch));
    }
}
