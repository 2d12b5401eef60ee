using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Counting;

namespace StaticNet.Ptx.Tests;

/// <summary>Maps and reductions over rows.</summary>
public class RowTests
{
    private static readonly int[] Columns = [1, 2, 3, 4, 7, 10, 16, 17, 32, 33, 64, 130, 256];

    private static readonly int[] Batches = [1, 3, 33];

    public static TheoryData<int, int> ColumnsAndBatches => new(from columns in Columns from batch in Batches select (columns, batch));

    [Theory]
    [MemberData(nameof(ColumnsAndBatches))]
    public void A_map_of_rows_broadcasts_a_row_a_number_and_a_constant(int columns, int batch) => Check(batch, n =>
    {
        var x = new Operand(0);
        return n.Build.Map(
            (x * new Operand(1)) + (new Operand(2) / new Operand(3)) + new IndexOf(1), n.X(columns), n.Parameter("c", columns), n.X(1, [1]), n.Build.Constant(3));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_map_repeats_operands_along_the_axes_that_they_lack(int batch) => Check(batch, n => n.Build.Map(
        new Operand(0) + (new Operand(1) * 2) + (new Operand(2) * 3) + (new Operand(3) * 5) + new IndexOf(1) + (new IndexOf(2) * 7),
        n.X(3, 4, 5), n.X(1, [1, 4, 5]), n.X(2, [3, 1, 5]), n.X(3, [1, 1, 5])));

    [Fact]
    public void The_batch_is_a_number() => Check(7, n => n.Build.Map((x, size) => x / size, n.X(5), n.Build.BatchSize()));

    [Fact]
    public void Maps_of_parameters_are_one_row() => Check(2, n =>
    {
        var scale = n.Build.Map((a, b) => a / new Unary(UnaryFunction.Sqrt, (b * b) + 1), n.Parameter("a", 9), n.Parameter("b", 9));
        return n.Build.Map((x, s) => x * s, n.X(9), scale);
    });

    [Fact]
    public void A_row_of_parameters_is_reduced() => Check(2, n =>
    {
        var weight = n.Build.Map(p => p * p, n.Parameter("p", 21));
        var share = n.Build.Map((p, sum) => p / sum, weight, n.Build.Reduce(ReduceKind.Sum, weight, 0));
        return n.Build.Map((x, s) => x * s, n.X(21), share);
    });

    [Fact]
    public void A_kernel_leaves_several_values_and_several_copies()
    {
        var n = new NetworkBuilder();
        var x = n.X(6);
        var y = n.Apply(UnaryFunction.Tanh, x);
        n.Build.Graph.Name("output", y);
        n.Build.Graph.Name("loss", n.Build.Reduce(ReduceKind.Sum, n.Build.Map((a, b) => a * b, x, y), 1));
        Assert.Single(DeviceRun.Check(n.Build.Graph, 5));
    }

    [Theory]
    [MemberData(nameof(ColumnsAndBatches))]
    public void Softmax_is_one_kernel(int columns, int batch) => Assert.Single(Check(batch, n => n.Softmax(n.X(columns)).Probabilities));

    [Theory]
    [InlineData(1000, 3)]
    [InlineData(1024, 1)]
    [InlineData(1025, 2)]
    [InlineData(3072, 3)]
    [InlineData(8192, 1)]
    [InlineData(8195, 2)]
    [InlineData(20000, 1)]
    public void Long_rows_are_reduced(int columns, int batch) => Assert.Single(Check(batch, n => n.Softmax(n.X(columns)).Probabilities));

    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 33)]
    public void A_class_index_picks_a_column(int columns, int batch) => Check(batch, n => n.SoftmaxCrossEntropy(n.X(columns)), "loss");

    [Fact]
    public void Rows_of_images_are_reduced_each() => Check(3, n =>
    {
        var x = n.X(4, 3, 6);
        var mean = n.Build.Map(s => s / 6, n.Build.Reduce(ReduceKind.Sum, x, 3));
        return n.Build.Map((a, m) => (a - m) * (a - m), x, mean);
    });

    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(3, 1, 1)]
    [InlineData(5, 2, 2)]
    [InlineData(40, 2, 1)]
    [InlineData(1200, 3, 2)]
    public void Neighbouring_channels_are_summed(int columns, int before, int after) => Check(3, n =>
    {
        var x = n.X(2, columns);
        return n.Build.Map((a, s) => a / (s + 9), x, n.Build.WindowSum(n.Build.Map(v => v * v, x), before, after));
    });

    [Fact]
    public void NaN_is_the_largest_of_its_row_and_of_no_other()
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name("output", n.Build.Reduce(ReduceKind.Max, n.X(11), 1));
        var x = Enumerable.Range(0, 4 * 11).Select(i => (double)-i).ToArray();
        (x[13], x[40]) = (double.NaN, double.NegativeInfinity);
        DeviceRun.Check(n.Build.Graph, 4, bindings: new() { ["x0"] = x });
    }

    [Fact]
    public void State_is_written_where_it_is_read()
    {
        var n = new NetworkBuilder();
        var specification = new ParameterSpec("state", [10], ParameterRole.Vector, new(InitializerKind.Zeros, 1, 1)) { IsState = true };
        var old = n.Build.Parameter(specification);
        n.Build.WriteState(specification, n.Build.Map((a, b) => (a * 0.9) + (b * 0.1), old, n.Parameter("new", 10)));
        n.Build.Graph.Name("output", n.Build.Map((a, b) => a + b, n.X(10), old));
        DeviceRun.Check(n.Build.Graph, 2);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    public void Kernels_of_equal_shape_are_equal_text(int columns)
    {
        var (first, second) = (Kernel("first", 1), Kernel("second", 2));
        Assert.Equal(first.Text("k"), second.Text("k"));

        PtxKernel Kernel(string origin, int seed) => Assert.Single(Check(2, n =>
        {
            n.Build.Origin = origin;
            return n.Softmax(n.X(columns)).Probabilities;
        }, seed: seed)).Kernel;
    }

    private static IReadOnlyList<(PtxKernel Kernel, KernelCounts Counts)> Check(int batch, Func<NetworkBuilder, Node> network, string output = "output", int seed = 1)
    {
        var n = new NetworkBuilder();
        n.Build.Graph.Name(output, network(n));
        return DeviceRun.Check(n.Build.Graph, batch, seed: seed);
    }
}
