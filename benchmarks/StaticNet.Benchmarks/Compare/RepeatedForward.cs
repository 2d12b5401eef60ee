using StaticNet.Benchmarks.Probes;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Forward passes of a network on a GPU, on one batch that is there before the clock starts.</summary>
internal sealed class RepeatedForward(IWorkload network, AlignedBuffer input, AlignedBuffer output) : ITimedSide
{
    /// <summary>Of passes that come again: the first loads kernels, the second is captured.</summary>
    private const int FirstPasses = 2;

    /// <summary>Blocks wait for the GPU: no thread is left spinning.</summary>
    public TimeSpan ProcessorTime => TimeSpan.Zero;

    public double Run(int calls) =>
        network.TimeForward(input.Span, output.Span, FirstPasses + (calls / 4), calls).TotalMicroseconds / calls;
}
