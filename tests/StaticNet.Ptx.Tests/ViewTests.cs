using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Counting;

namespace StaticNet.Ptx.Tests;

/// <summary>Copies, random numbers, zeros.</summary>
public class ViewTests
{
    private static readonly int[] Columns = [1, 3, 4, 8, 20];

    private static readonly int[] Batches = [1, 3, 33];

    public static TheoryData<int, int> ColumnsAndBatches => new(from columns in Columns from batch in Batches select (columns, batch));

    [Theory]
    [MemberData(nameof(ColumnsAndBatches))]
    public void Slices_and_pads_are_one_copy(int columns, int batch) => Assert.Single(Check(batch, n =>
        n.Build.Pad(n.Build.Pad(n.Build.Slice(n.Build.Slice(n.X(5, 6, columns), 1, 1, 3), 2, 2, 4), 1, 2, 1), 2, 0, 3)));

    [Theory]
    [MemberData(nameof(ColumnsAndBatches))]
    public void Columns_are_cut_and_padded(int columns, int batch) =>
        Check(batch, n => n.Build.Slice(n.Build.Pad(n.X(2, columns + 4), 2, 4, 8), 2, 4, columns + 8));

    [Fact]
    public void A_slice_of_zeros_is_zeros() => Check(3, n => n.Build.Slice(n.Build.Pad(n.X(2, 4), 1, 3, 0), 1, 0, 2));

    [Theory]
    [MemberData(nameof(ColumnsAndBatches))]
    public void Columns_are_put_together(int columns, int batch) => Check(batch, n =>
        n.Build.Concat(2, n.X(3, columns), n.X(1, [3, 4]), n.Build.Map(x => x + 1, n.X(2, [3, columns]))));

    [Theory]
    [MemberData(nameof(ColumnsAndBatches))]
    public void Rows_are_put_together(int columns, int batch) => Check(batch, n =>
        n.Build.Concat(1, n.X(3, 2, columns), n.X(1, [1, 2, columns]), n.X(2, [4, 2, columns])));

    [Theory]
    [InlineData(0, 2, 1, 3)]
    [InlineData(0, 3, 1, 2)]
    [InlineData(0, 3, 2, 1)]
    [InlineData(0, 2, 3, 1)]
    public void Axes_change_places(params int[] order) => Check(3, n => n.Build.Transpose(n.Build.Map(x => x + 1, n.X(3, 5, 4)), order));

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100)]
    public void Random_numbers_have_the_bits_that_they_have_on_the_processor(int columns)
    {
        foreach (var batch in new[] { 1, 5 })
        {
            var n = new NetworkBuilder();
            n.Build.Graph.Name("output", n.Build.Random(3, TensorShape.Batched([2, columns])));
            DeviceRun.Check(n.Build.Graph, batch, tolerance: 0);
        }
    }

    [Fact]
    public void A_parameter_without_effect_has_a_gradient_of_zeros()
    {
        var n = new NetworkBuilder();
        n.Parameter("a", 5, 7);
        n.Parameter("b", 3);
        foreach (var (name, shape) in new (string, int[])[] { ("a", [5, 7]), ("b", [3]) })
        {
            n.Build.Graph.Name(Differentiate.GradientOf(name), n.Build.Graph.Append(
                new MapOperation(0), [], new([.. shape.Select(size => new Extent(size))]), ElementType.Float32, name));
        }

        n.Build.Graph.Name("output", n.Build.Map(x => x + 1, n.X(2)));
        DeviceRun.Check(n.Build.Graph, 2);
    }

    private static IReadOnlyList<(PtxKernel Kernel, KernelCounts Counts)> Check(int batch, Func<NetworkBuilder, Node> network)
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", network(n));
        return DeviceRun.Check(n.Build.Graph, batch);
    }
}
