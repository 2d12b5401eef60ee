using System.Text.RegularExpressions;
using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Tests.Passes;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using Xunit.Sdk;

namespace StaticNet.Ptx.Tests;

/// <summary>
/// Single products whose operands lie along the terms or across them: what they give, what they move, and that mistakes in them are found.
/// </summary>
public class ProductTests
{
    private static readonly ProductPrecision[] s_precisions = [ProductPrecision.Float32, ProductPrecision.TensorFloat32, ProductPrecision.BFloat16];

    private static readonly (bool A, bool B)[] s_layouts = [(true, true), (true, false), (false, true), (false, false)];

    [Theory]
    [InlineData(72, 68, 40)]
    [InlineData(33, 17, 19)]
    [InlineData(258, 32, 34)]
    [InlineData(132, 68, 36)]
    [InlineData(260, 128, 264)]
    public void Product_agrees_with_the_interpreter(int m, int n, int k)
    {
        foreach (var precision in s_precisions.Where(precision => k < 256 || precision != ProductPrecision.Float32))
        {
            foreach (var (a, b) in s_layouts)
            {
                Run(precision, a, b, m, n, k);
            }
        }
    }

    [Theory]
    [InlineData(64, 64, 64)]
    [InlineData(128, 64, 64)]
    [InlineData(256, 32, 64)]
    [InlineData(64, 16, 96)]
    [InlineData(256, 128, 256)]
    public void Product_moves_whole_sectors_and_has_no_bank_conflicts(int m, int n, int k)
    {
        foreach (var precision in s_precisions.Where(precision => k < 256 || precision != ProductPrecision.Float32))
        {
            foreach (var (a, b) in s_layouts)
            {
                var (kernel, counts) = Run(precision, a, b, m, n, k);
                // Where columns of weights are apart, threads of plain sums have columns that are apart, and two of a warp find the same bank when they
                // store their sums, once behind all terms. In short rows more do.
                var atTheEnd = precision == ProductPrecision.Float32 && b ? m * n / (n == 16 ? 8 : 32) : n == 16 ? m * n / 32 : 0;
                Assert.True(counts.BankConflictCycles == atTheEnd, $"{counts.BankConflictCycles} of {counts.SharedCycles} cycles, {precision} {(a, b)}: {kernel.Description}");
                Assert.Equal(counts.GlobalBytes, counts.GlobalBytesBy16);
                Assert.InRange(counts.SectorEfficiency, 0.95, 1);
            }
        }
    }

    [Theory]
    [InlineData("a missing barrier", @"bar\.sync 0;", "")]
    [InlineData("a barrier before the wait", @"(cp\.async\.wait_group [01];\n(?:.*\n)*?)\s+bar\.sync 0;\n", "bar.sync 0;\n$1")]
    [InlineData("a wait too short", @"wait_group 1;", "wait_group 2;")]
    [InlineData("another pitch where tiles are written", @"(mad\.lo\.u32 %r\d+, %r\d+), (80|144|160),", "$1, 64,")]
    [InlineData("a tile that comes where another is summed", @"(add\.u32 (%r\d+), \2), \d{4,};", "$1, 0;")]
    [InlineData("a copy of what is not there", @"(cp\.async\.cg\.shared\.global .*, 16), %r\d+;", "$1;")]
    [InlineData("a sum without a value", @"mov\.f32 %f5, 0f00000000;", "")]
    [InlineData("a sum that is not zero at first", @"mov\.f32 %f5, 0f00000000;", "mov.f32 %f5, 0f3F800000;")]
    public void Mistake_is_found(string mistake, string right, string wrong)
    {
        foreach (var precision in s_precisions)
        {
            var exception = Record.Exception(() => Run(precision, aAlong: true, bAlong: false, 72, 68, 104, text =>
            {
                Assert.Matches(right, text);
                return new Regex(right).Replace(text, wrong, 1);
            }));
            Assert.True(exception is KernelFaultException or TrueException, $"{mistake} in {precision}: {exception}");
        }
    }

    /// <summary>C[b, m, n] = Σₖ A[b, m, k] · B[k, n], one sample.</summary>
    private static (PtxKernel Kernel, KernelCounts Counts) Run(
        ProductPrecision precision, bool aAlong, bool bAlong, int m, int n, int k, Func<string, string>? edit = null)
    {
        // The domain is sample, row, column, term. Weights lie along their first axis.
        var network = new NetworkBuilder();
        network.Build.Graph.Name("output", network.Build.Contract(
            aAlong ? network.X(m, k) : network.X(k, m), aAlong ? AffineMap.Project(4, 0, 1, 3) : AffineMap.Project(4, 0, 3, 1),
            bAlong ? network.Parameter("b", k, n) : network.Parameter("b", n, k), bAlong ? AffineMap.Project(4, 3, 2) : AffineMap.Project(4, 2, 3),
            [Extent.Batch, m, n, k], AffineMap.Project(4, 0, 1, 2)));
        var (kernel, counts) = Assert.Single(DeviceRun.Check(network.Build.Graph, 1, options: new(precision), edit: edit));
        Assert.Equal(precision != ProductPrecision.Float32, kernel.Text("k").Contains("mma.sync", StringComparison.Ordinal));
        return (kernel, counts);
    }
}
