using System.Diagnostics;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Training steps of a network on a GPU, on the batch of its last step, which the GPU still has.</summary>
/// <param name="network">The network, after a step.</param>
internal sealed class RepeatedSteps(IWorkload network) : ITimedSide
{
    /// <summary>Blocks wait for the GPU: no thread is left spinning.</summary>
    public TimeSpan ProcessorTime => TimeSpan.Zero;

    public double Run(int calls)
    {
        // The other side has had the GPU since the last block.
        network.RepeatSteps(1 + (calls / 4));
        var start = Stopwatch.GetTimestamp();
        var loss = network.RepeatSteps(calls);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return double.IsFinite(loss)
            ? elapsed.TotalMicroseconds / calls
            : throw new InvalidOperationException($"{network.Name}: the loss is not finite.");
    }
}
