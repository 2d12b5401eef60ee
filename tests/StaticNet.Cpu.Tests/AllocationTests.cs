using StaticNet.Conformance;
using StaticNet.Conformance.Networks;
using StaticNet.Execution;

namespace StaticNet.Cpu.Tests;

/// <summary>Tests that need the process to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "alone";
}

/// <summary>After the first call at a batch size nothing is allocated, on any thread.</summary>
[Collection(Alone.Name)]
public unsafe class AllocationTests
{
    private const int Calls = 20;

    public static TheoryData<string, int, int> Cases =>
    [
        .. from name in (string[])["mlp/784-128-10", "shapes/dropouts", "shapes/around-panels", "graphs/concat", "regularization/l1-l2", "shapes/windows"]
           from batch in (int[])[1, 32, 256]
           from threads in (int[])[1, 2]
           select (name, batch, threads),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_allocated(string name, int batch, int threads)
    {
        using var network = new NetworkUnderTest(ReferenceNetworks.Create(name));
        var (info, core) = (network.Info, network.Core);
        core.Threads = threads;
        var input = Samples.Inputs(info, batch);
        var output = new float[batch * info.OutputSize];
        var (inputGradient, outputGradient) = (new float[input.Length], Samples.OutputGradients(info, batch));

        AssertNothing("Predict", () =>
        {
            fixed (float* x = input, y = output)
                Infer(core, batch, x, y);
        });
        AssertNothing("Record and Backward", () =>
        {
            fixed (float* x = input, y = output, dy = outputGradient, dx = inputGradient)
            {
                var inputs = InputAddresses.InBlock(info, batch, (nint)x);
                core.Record(batch, inputs, (nint)y);
                core.Backward(batch, inputs, (nint)dy, InputAddresses.InBlock(info, batch, (nint)dx), accumulate: false);
            }
        });
        if (info.TargetSize == 0)
            return;
        var target = Samples.Targets(info, batch);
        foreach (var optimizer in (Optimizer[])[new Sgd(0.001, momentum: 0.9), new Adam(0.001), new Adam(0.001) { ClipNorm = 1 }])
            AssertNothing($"TrainStep with {optimizer.GetType().Name}", () => network.TrainStep(input, target, optimizer));
    }

    private static void Infer(NetworkCore core, int batch, float* input, float* output)
    {
        var sizes = core.Info.InputSizes;
        var second = input + ((nint)batch * sizes[0]);
        core.Infer(
            ProgramKind.Predict,
            new(input, batch * sizes[0]),
            sizes.Length > 1 ? new(second, batch * sizes[1]) : default,
            default,
            default,
            new(output, batch * core.Info.OutputSize));
    }

    /// <summary>The test platform may allocate something for itself meanwhile, so the least of some rounds counts.</summary>
    private static void AssertNothing(string what, Action call)
    {
        for (var i = 0; i < Calls; i++)
            call();
        var least = long.MaxValue;
        for (var round = 0; round < 10 && least > 0; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Calls; i++)
                call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.True(least == 0, $"{what} allocates {least} bytes in {Calls} calls.");
    }
}
