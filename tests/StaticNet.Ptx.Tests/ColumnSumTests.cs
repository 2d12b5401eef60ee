using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;

namespace StaticNet.Ptx.Tests;

/// <summary>Sums over rows, those of all samples or of each.</summary>
public class ColumnSumTests
{
    private static readonly int[] Columns = [1, 2, 3, 10, 16, 33, 64, 100];

    private static readonly int[] Rows = [1, 5, 9];

    private static readonly int[] Batches = [1, 3, 33];

    public static TheoryData<int, int, int> Shapes => new(
        from columns in Columns from rows in Rows from batch in Batches select (columns, rows, batch));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_of_vectors_are_sums_over_all_rows(int columns, int rows, int batch)
    {
        var n = new NetworkBuilder();
        n.Parameter("bias", columns);
        var sum = n.Build.Reduce(ReduceKind.Sum, n.Build.Map(x => (x * x) + 1, n.X(rows, columns)), 0, 1);
        n.Build.Graph.Name(Differentiate.GradientOf("bias"), n.Build.Reshape(sum, new([columns])));
        DeviceRun.Check(n.Build.Graph, batch);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Samples_have_sums_of_their_own(int columns, int rows, int batch)
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", n.Build.Reduce(ReduceKind.Sum, n.Build.Map((x, c) => x * c, n.X(rows, columns), n.Parameter("c", columns)), 1));
        DeviceRun.Check(n.Build.Graph, batch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public void Several_sums_share_a_pass(int batch)
    {
        var n = new NetworkBuilder();
        var (x, y) = (n.X(3, 4, 21), n.X(1, [3, 4, 21]));
        var mean = n.Build.Map((s, size) => s / (size * 12), n.Build.Reduce(ReduceKind.Sum, x, 0, 1, 2), n.Build.BatchSize());
        var squares = n.Build.Reduce(ReduceKind.Sum, n.Build.Map((a, m) => (a - m) * (a - m), x, mean), 0, 1, 2);
        var products = n.Build.Reduce(ReduceKind.Sum, n.Build.Map(new Operand(0) * (new Operand(1) - new Operand(2)), y, x, mean), 0, 1, 2);
        n.Build.Graph.Name("output", n.Build.Map(new Operand(0) + new Operand(1) + new Operand(2), x, squares, products));
        Assert.Equal(6, DeviceRun.Check(n.Build.Graph, batch).Count);
    }

    [Fact]
    public void Long_sums_are_cut_into_chains()
    {
        var n = new NetworkBuilder();
        n.Parameter("bias", 1);
        var sum = n.Build.Reduce(ReduceKind.Sum, n.Build.Map(x => x + 1, n.X(1)), 0);
        n.Build.Graph.Name(Differentiate.GradientOf("bias"), n.Build.Reshape(sum, new([1])));
        DeviceRun.Check(n.Build.Graph, 20000, tolerance: 2e-6);
    }
}
