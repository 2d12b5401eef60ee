using System.Diagnostics;

namespace StaticNet.Benchmarks.Compare;

/// <summary>Counts managed allocations.</summary>
internal static class Allocations
{
    private const int MostCalls = 100;
    private const int Repetitions = 3;

    private static readonly TimeSpan s_budget = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Managed bytes that a call allocates on all threads, once it has been called before: the least of a few counts, since the run
    /// time's own threads allocate now and then.
    /// </summary>
    public static double PerCall(Action call)
    {
        call();
        return Enumerable.Range(0, Repetitions).Min(_ => Count(call));
    }

    private static double Count(Action call)
    {
        var calls = 0;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        do
        {
            call();
        }
        while (++calls < MostCalls && Stopwatch.GetElapsedTime(start) < s_budget);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)calls;
    }
}
