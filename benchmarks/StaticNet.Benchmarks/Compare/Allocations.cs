namespace StaticNet.Benchmarks.Compare;

/// <summary>Counts managed allocations.</summary>
internal static class Allocations
{
    private const int Calls = 100;
    private const int Repetitions = 3;

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
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls;
    }
}
