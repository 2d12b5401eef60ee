namespace StaticNet.Benchmarks.Probes;

/// <summary>
/// A machine's limits, measured between the timings they are compared with: clock speeds drift, so only the same run's
/// peak says what a kernel could have reached.
/// </summary>
internal interface IMachine : IDisposable
{
    /// <summary>What was measured, in a sentence or two.</summary>
    string Summary { get; }

    /// <summary>Runs every probe once more; a few dozen milliseconds.</summary>
    void Sample();

    /// <summary>The highest multiply-add rate seen so far, in GFLOP/s.</summary>
    double PeakGflops(Precision precision);
}
