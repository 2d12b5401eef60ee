namespace StaticNet.Benchmarks.Compare;

/// <summary>Counts managed allocations.</summary>
internal static class Allocations
{
    private const int Calls = 100;

    /// <summary>Managed bytes that a call allocates on all threads, once it has been called before.</summary>
    public static double PerCall(Action call)
    {
        call();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls;
    }
}
