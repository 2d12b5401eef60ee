using System.Diagnostics;

namespace StaticNet.Benchmarks.Compare;

/// <summary>A side that runs in this process.</summary>
/// <param name="call">The call that is timed.</param>
/// <param name="prepare">Runs before the clock starts, with the number of calls.</param>
internal sealed class CallSide(Action call, Action<int>? prepare = null) : ITimedSide
{
    public double Run(int calls)
    {
        prepare?.Invoke(calls);

        // The other side has had the caches and the branch predictor since the last block.
        Repeat(1 + (calls / 4));
        var start = Stopwatch.GetTimestamp();
        Repeat(calls);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime;
        }
    }

    private void Repeat(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            call();
        }
    }
}
