using StaticNet.PtxVm.Checks;
using StaticNet.PtxVm.Counting;
using StaticNet.PtxVm.Execution;
using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

/// <summary>The machine proves itself: a kernel as the back end writes them is right, and each mistake in it is found.</summary>
public class GemmTests
{
    private const int M = 128;
    private const int N = 128;
    private const int K = 160;

    private static readonly string Text = GemmText.Write();

    [Theory]
    [InlineData(ScheduleOrder.Forward, AsyncCopyMoment.Latest)]
    [InlineData(ScheduleOrder.Forward, AsyncCopyMoment.Earliest)]
    [InlineData(ScheduleOrder.Reverse, AsyncCopyMoment.Latest)]
    [InlineData(ScheduleOrder.Random, AsyncCopyMoment.Earliest)]
    [InlineData(ScheduleOrder.Interleaved, AsyncCopyMoment.Latest)]
    public void Kernel_is_right_and_free_of_conflicts(ScheduleOrder order, AsyncCopyMoment copies)
    {
        var (error, counts) = Run(Text, new() { Order = order, AsyncCopies = copies, Seed = 5 });

        Assert.InRange(error, 0, 2e-6);
        Assert.Equal(0, counts.BankConflictCycles);
        Assert.Equal(1, counts.SectorEfficiency);
        Assert.Equal((2L * M * N * K) + (2 * M * N), counts.FloatingPointOperations); // products, bias and max
        // A is read once for each column of CTAs, B for each row, bias by every row of tiles; C is written once.
        Assert.Equal(((2 * M * K) + (2 * N * K) + (4 * N)) / 32, counts.DistinctLoadSectors);
        Assert.Equal(4 * M * N / 32, counts.DistinctStoreSectors);
        Assert.Equal(4 * M * N / 32, counts.RequestedStoreSectors);
    }

    [Fact]
    public void One_cta_can_stand_for_its_like()
    {
        var all = Run(Text).Counts;
        using var machine = new Machine();
        object[] arguments = [Zeros(2 * M * K), Zeros(2 * N * K), Zeros(4 * N), Zeros(4 * M * N), (uint)N, (uint)K];
        var grid = new Dim3(N / GemmText.Tile, M / GemmText.Tile);

        var one = machine.Launch(PtxModule.Parse(Text)["gemm"], grid, GemmText.Threads, GemmText.SharedBytes, arguments, new() { Ctas = cta => cta == new Dim3(1, 1, 0) });

        Assert.Equal(all.WarpInstructions, grid.Count * one.WarpInstructions);
        Assert.Equal(all.FloatingPointOperations, grid.Count * one.FloatingPointOperations);
        Assert.Equal(all.RequestedLoadSectors, grid.Count * one.RequestedLoadSectors);
        ulong Zeros(int bytes) => machine.Memory.Allocate<byte>(new byte[bytes]);
    }

    [Fact]
    public void Kernel_without_swizzle_on_either_side_is_right_and_has_conflicts()
    {
        var (error, counts) = Run(Mutate(Text, "xor.b32 %x, %x, %row;", "mov.b32 %x, %x;", "xor.b32 %x, %x, %chunk;", "mov.b32 %x, %chunk;"));

        Assert.InRange(error, 0, 2e-6);
        Assert.True(counts.BankConflictCycles > counts.SharedCycles / 2, $"{counts.BankConflictCycles} of {counts.SharedCycles}");
    }

    [Theory]
    [InlineData("xor.b32 %x, %x, %row; // swizzle of A", "mov.b32 %x, %x;")]
    [InlineData("xor.b32 %x, %x, %row; // swizzle of B", "mov.b32 %x, %x;")]
    [InlineData("xor.b32 %x, %x, %chunk; // swizzle of stores", "mov.b32 %x, %chunk;")]
    public void Swizzle_on_one_side_only_shows_in_the_result(string right, string wrong) => Assert.True(Run(Mutate(Text, right, wrong)).Error > 0.01);

    [Theory]
    [InlineData("a missing barrier", "bar.sync 0;", "", FaultKind.UninitializedMemory, FaultKind.SharedRace, FaultKind.AsyncCopyPending)]
    [InlineData("a wait too short", "cp.async.wait_group 1;", "cp.async.wait_group 2;", FaultKind.AsyncCopyPending)]
    [InlineData("a tail without predicate", "@%more cp.async", "cp.async", FaultKind.OutOfBounds)]
    [InlineData("an accumulator not zeroed", "mov.f32 %c5, 0f00000000;", "", FaultKind.UninitializedRegister)]
    [InlineData("a misaligned copy", "mul.wide.u32 %bytes, %chunk, 16;", "mul.wide.u32 %bytes, %chunk, 8;", FaultKind.Misaligned)]
    [InlineData("a misaligned matrix", "mad.lo.u32 %left0, %x, 16, %leftBase;", "mad.lo.u32 %left0, %x, 8, %leftBase;", FaultKind.Misaligned)]
    [InlineData("a barrier of some lanes", "bar.sync 0;", "setp.lt.u32 %wrap, %lane, 16; @%wrap bar.sync 0;", FaultKind.Divergence)]
    [InlineData("a barrier of some warps", "bar.sync 0;", "setp.lt.u32 %wrap, %t, 64; @%wrap bar.sync 0;", FaultKind.BarrierDivergence, FaultKind.SharedRace, FaultKind.UninitializedMemory, FaultKind.AsyncCopyPending)]
    [InlineData("a wrong stage", "mov.u32 %writeStage, 16384;", "mov.u32 %writeStage, 0;", FaultKind.SharedRace, FaultKind.AsyncCopyPending, FaultKind.UninitializedMemory)]
    [InlineData("too little shared memory", "add.u32 %store, %store, %s;", "add.u32 %store, %store, 16384;", FaultKind.OutOfBounds)]
    [InlineData("two columns of CTAs that write one", "mov.u32 %n0, %ctaid.x;", "mov.u32 %n0, 0;", FaultKind.GlobalRace)]
    [InlineData("results over the bias", "ld.param.u64 %pC, [pC];", "ld.param.u64 %pC, [pBias];", FaultKind.ReadOnlyViolation, FaultKind.GlobalRace)]
    public void Mutant_is_caught(string mistake, string right, string wrong, params FaultKind[] kinds)
    {
        foreach (var copies in Enum.GetValues<AsyncCopyMoment>())
        {
            foreach (var order in Enum.GetValues<ScheduleOrder>())
            {
                var fault = Assert.Throws<KernelFaultException>(() => Run(Mutate(Text, right, wrong), new() { Order = order, AsyncCopies = copies }));
                Assert.True(kinds.Contains(fault.Kind), $"{mistake}: {fault.Message}");
                Assert.Contains("kernel gemm, CTA (", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Prefetch_before_the_barrier_is_caught()
    {
        var (wait, prefetch, multiply) = (Text.IndexOf("cp.async.wait_group", StringComparison.Ordinal), Text.IndexOf("// prefetch", StringComparison.Ordinal), Text.IndexOf("// multiply", StringComparison.Ordinal));
        // One group more is under way where the prefetch comes first.
        var barrier = Text[wait..prefetch].Replace("wait_group 1", "wait_group 2", StringComparison.Ordinal);
        var mutant = Text[..wait] + Text[prefetch..multiply] + barrier + Text[multiply..];
        foreach (var copies in Enum.GetValues<AsyncCopyMoment>())
        {
            foreach (var order in Enum.GetValues<ScheduleOrder>())
            {
                var fault = Assert.Throws<KernelFaultException>(() => Run(mutant, new() { Order = order, AsyncCopies = copies }));
                Assert.True(fault.Kind is FaultKind.SharedRace or FaultKind.AsyncCopyPending, fault.Message);
            }
        }
    }

    [Fact]
    public void Undeclared_register_is_an_error_in_its_line()
    {
        var error = Assert.Throws<PtxSyntaxException>(() => Run(Mutate(Text, "mov.f32 %c5, 0f00000000;", "mov.f32 %c32, 0f00000000;")));

        Assert.Contains("register '%c32' is not declared: mov.f32 %c32", error.Message, StringComparison.Ordinal);
    }

    private static string Mutate(string text, params ReadOnlySpan<string> replacements)
    {
        for (var index = 0; index < replacements.Length; index += 2)
        {
            Assert.Contains(replacements[index], text, StringComparison.Ordinal);
            text = text.Replace(replacements[index], replacements[index + 1], StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Runs a kernel and returns its largest error, in proportion to the largest value.</summary>
    private static (double Error, KernelCounts Counts) Run(string text, LaunchOptions? options = null)
    {
        var random = new Random(1);
        var (a, b) = (Matrix(M * K), Matrix(N * K));
        var bias = Enumerable.Range(0, N).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        using var machine = new Machine();
        // The bias has room behind it, so that a kernel that writes there is not just out of bounds.
        object[] arguments = [Put(a), Put(b), machine.Memory.Allocate<float>([.. bias, .. new float[M * N]], "bias"), machine.Memory.Allocate(4 * M * N, "C"), (uint)N, (uint)K];

        var counts = machine.Launch(PtxModule.Parse(text)["gemm"], new(N / GemmText.Tile, M / GemmText.Tile), GemmText.Threads, GemmText.SharedBytes, arguments, options);

        var c = machine.Memory.Read<float>((ulong)arguments[3], M * N);
        var (error, largest) = (0d, 0d);
        for (var index = 0; index < c.Length; index++)
        {
            var (row, column) = (index / N, index % N);
            var sum = (double)bias[column];
            for (var k = 0; k < K; k++)
                sum += (double)a[(row * K) + k] * b[(column * K) + k];

            (error, largest) = (Math.Max(error, Math.Abs(Math.Max(sum, 0) - c[index])), Math.Max(largest, sum));
        }

        return (error / largest, counts);

        float[] Matrix(int count) => [.. Enumerable.Range(0, count).Select(_ => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)(random.NextDouble() - 0.5)) & 0xFFFF0000))];
        ulong Put(float[] values) => machine.Memory.Allocate<ushort>(values.Select(value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).ToArray());
    }
}
