using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests;

/// <summary>
/// Kernels touch no byte outside their buffers: with every one, the user's and the network's own, beside a page that must not be
/// touched, everything runs and gives the same bits.
/// </summary>
public class GuardPageTests
{
    public static TheoryData<string, bool> Networks =>
        [.. from name in ReferenceNetworks.Names from atEnd in (bool[])[true, false] select (name, atEnd)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nothing_beside_a_buffer_is_touched(string name, bool atEnd)
    {
        Assert.SkipUnless(GuardedMemory.IsSupported, "Guard pages are made by Linux's system calls.");
        using var memory = new GuardedMemory(atEnd);
        AlignedMemory.Source = memory;
        try
        {
            using var network = new NetworkUnderTest(ReferenceNetworks.Create(name));
            foreach (var batch in ((int[])[1, 3, 11, 12, 13, 67]).Where(batch => batch >= network.Info.MinimumTrainingBatch))
            {
                Run(network, batch, memory);
            }
        }
        finally
        {
            AlignedMemory.Source = null;
        }
    }

    [Fact]
    public void Guards_are_where_blocks_end_and_begin()
    {
        Assert.SkipUnless(GuardedMemory.IsSupported, "Guard pages are made by Linux's system calls.");
        using var ending = new GuardedMemory(atEnd: true);
        using var beginning = new GuardedMemory(atEnd: false);
        Assert.Equal(0, (ending.Allocate(12) + 12) % Environment.SystemPageSize);
        Assert.Equal(0, beginning.Allocate(12) % Environment.SystemPageSize);
    }

    private static void Run(NetworkUnderTest network, int batch, GuardedMemory memory)
    {
        var (info, core) = (network.Info, network.Core);
        var inputs = Samples.Inputs(info, batch);
        var outputGradients = memory.Copy<float>(Samples.OutputGradients(info, batch));
        var whole = memory.Copy<float>(inputs);
        var (output, inputGradient) = (memory.Allocate((nuint)(batch * info.OutputSize * 4)), memory.Allocate((nuint)(inputs.Length * 4)));

        core.Record(batch, InBlock(whole), output);
        core.Backward(batch, InBlock(whole), outputGradients, InBlock(inputGradient), accumulate: false);
        core.Backward(batch, InBlock(whole), outputGradients, default, accumulate: true);
        Infer(ProgramKind.Forward);
        Infer(ProgramKind.Predict);
        if (info.TargetSize > 0)
        {
            var drawn = Samples.Targets(info, batch);
            var target = drawn is int[] indices ? memory.Copy<int>(indices) : memory.Copy<float>((float[])drawn);
            var weights = memory.Copy<float>(Enumerable.Repeat(1f / batch, batch).ToArray());
            core.Evaluate(batch, whole, target, weights, output, memory.Allocate((nuint)(batch * 4)));
            core.AccumulateStep(batch, whole, target, 0, first: true);
            core.AccumulateStep(batch, whole, target, weights, first: false);
            core.TrainStep(batch, whole, target, weights, new Adam(0.001));
            core.TrainStep(batch, whole, target, 0, new Sgd(0.001, momentum: 0.9) { ClipNorm = 1 });
        }

        InputAddresses InBlock(nint block) => InputAddresses.InBlock(info, batch, block);

        // Each input by itself, so that each has its own guards; the network has not changed since, so neither may its output.
        void Infer(ProgramKind program)
        {
            var parts = new (nint Block, int Length)[4];
            for (int i = 0, start = 0; i < info.InputSizes.Length; i++)
            {
                var length = batch * info.InputSizes[i];
                parts[i] = (memory.Copy<float>(inputs.AsSpan(start, length)), length);
                start += length;
            }

            core.Infer(
                program, Span(parts[0]), Span(parts[1]), Span(parts[2]), Span(parts[3]), GuardedMemory.Span<float>(output, batch * info.OutputSize));
            Assert.Equal(network.Infer(program, inputs), GuardedMemory.Span<float>(output, batch * info.OutputSize).ToArray());
        }

        static Span<float> Span((nint Block, int Length) part) => GuardedMemory.Span<float>(part.Block, part.Length);
    }
}
