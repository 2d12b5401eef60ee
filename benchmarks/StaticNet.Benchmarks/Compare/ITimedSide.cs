namespace StaticNet.Benchmarks.Compare;

/// <summary>One side of a paired comparison.</summary>
internal interface ITimedSide
{
    /// <summary>Makes <paramref name="calls"/> calls, after whatever preparation is not to be timed.</summary>
    /// <returns>Microseconds a call.</returns>
    double Run(int calls);

    /// <summary>Time that the processors have spent on the side's process until now.</summary>
    TimeSpan ProcessorTime { get; }
}
