using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Tests.Execution;

public class LargeBatchTests
{
    /// <summary>Sixteen samples of this network take more than the caches hold: forty are done in three parts.</summary>
    [Fact]
    public void Samples_that_are_inferred_part_by_part_are_those_inferred_one_by_one()
    {
        const int Outputs = 70_000, Batch = 40;
        var info = LinearNetwork.Describe(2, Outputs, classes: false);
        var batches = new HashSet<int>();
        using var core = new NetworkCore(info, seed: 1, () => new LinearWorkspace(info, batches));
        float[] inputs = [.. Enumerable.Range(0, 2 * Batch).Select(i => i / 7f)], outputs = new float[Batch * Outputs], one = new float[Outputs];

        core.Infer(ProgramKind.Forward, inputs, outputs);

        Assert.Equal([8, 16], batches.Order());
        for (var sample = 0; sample < Batch; sample++)
        {
            core.Infer(ProgramKind.Forward, inputs.AsSpan(2 * sample, 2), one);
            Assert.True(one.AsSpan().SequenceEqual(outputs.AsSpan(sample * Outputs, Outputs)), $"sample {sample}");
        }
    }
}
