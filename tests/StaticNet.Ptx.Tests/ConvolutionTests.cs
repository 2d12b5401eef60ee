using StaticNet.Generators.Backends.Ptx;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Ptx.Tests.Harness;
using StaticNet.PtxVm.Counting;

namespace StaticNet.Ptx.Tests;

/// <summary>What the kernels of convolutions move: forward, and the gradients of inputs and weights, which strides cut into residue classes.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData("[Input(8, 8, 32), Conv2D(64, 3, Padding = Padding.Same)]")]
    [InlineData("[Input(9, 9, 32), Conv2D(64, 3, Stride = 2, Padding = Padding.Same)]")]
    [InlineData("[Input(6, 8, 64), Conv2D(32, 1)]")]
    public void Whole_sectors_move_and_no_bank_is_waited_for_while_terms_are_summed(string declaration)
    {
        var graph = PtxPrograms.Prepare(
            Differentiate.Run(Lower.Run(Source.Analyze(declaration), GraphPurpose.Record), GradientSeed.Output, inputGradients: true));
        foreach (var precision in Enum.GetValues<ProductPrecision>())
        {
            var products = DeviceRun.Check(graph, 2, options: new(precision)).Where(launch => launch.Kernel.Name.StartsWith("product_", StringComparison.Ordinal)).ToList();
            Assert.InRange(products.Count, 3, int.MaxValue);
            Assert.All(products, product =>
            {
                var (kernel, counts) = product;
                Assert.Equal(0, ConflictsWhileSumming(kernel, counts));
                Assert.Equal(1, counts.ShareBy16);
                Assert.InRange(counts.SectorEfficiency, 0.95, 1);
            });
        }
    }

    /// <summary>Cycles that conflicts add everywhere but where threads store their sums one by one, once behind all terms.</summary>
    private static long ConflictsWhileSumming(PtxKernel kernel, KernelCounts counts)
    {
        var instructions = kernel.Text("k").Split('\n').Where(line => line.StartsWith('\t') && line[1] != '.').ToList();
        Assert.Equal(counts.Instructions.Count, instructions.Count);
        return counts.Instructions.Zip(instructions)
            .Where(instruction => !instruction.Second.Contains("st.shared.f32", StringComparison.Ordinal)).Sum(instruction => instruction.First.BankConflictCycles);
    }
}
