using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace StaticNet.Benchmarks.Probes;

/// <summary>
/// The machine's limits, measured between the timings they are compared with: clock speeds drift, so only the same run's
/// peak says what a kernel could have reached.
/// </summary>
internal sealed class Machine : IDisposable
{
    private const int ProbeIterations = 200_000;
    private const int CopyLength = 16 << 20;

    private readonly int _threads;
    private readonly AlignedBuffer[] _sources;
    private readonly AlignedBuffer[] _targets;

    public Machine(int threads)
    {
        _threads = threads;
        _sources = Buffers();
        _targets = Buffers();
        Sample(); // Compiles the probes and touches the pages; its rates can only be too low.
    }

    /// <summary>The highest multiply-add rate seen so far over all threads together, in GFLOP/s.</summary>
    public double PeakGflops { get; private set; }

    /// <summary>The highest copy rate seen so far, bytes read plus bytes written, in GB/s.</summary>
    public double CopyGigabytesPerSecond { get; private set; }

    /// <summary>The width of the probes' vectors.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Runs every probe once more; a few dozen milliseconds.</summary>
    public void Sample()
    {
        PeakGflops = Math.Max(PeakGflops, OnAllThreads(_ => Rates()).Max());
        CopyGigabytesPerSecond = Math.Max(CopyGigabytesPerSecond, OnAllThreads(Copy).Max());
    }

    public void Dispose()
    {
        foreach (var buffer in _sources.Concat(_targets))
        {
            buffer.Dispose();
        }
    }

    private static double[] Rates() => VectorBits switch
    {
        512 => MultiplyAddProbe<Lanes512, Vector512<float>>.Rates(ProbeIterations),
        256 => MultiplyAddProbe<Lanes256, Vector256<float>>.Rates(ProbeIterations),
        _ => MultiplyAddProbe<Lanes128, Vector128<float>>.Rates(ProbeIterations),
    };

    private double[] Copy(int thread)
    {
        var start = Stopwatch.GetTimestamp();
        _sources[thread].Span.CopyTo(_targets[thread].Span);
        return [2.0 * sizeof(float) * _sources[thread].Length / Stopwatch.GetElapsedTime(start).TotalNanoseconds];
    }

    /// <summary>Runs a measurement on every thread at once and adds the threads' rates, probe by probe.</summary>
    private double[] OnAllThreads(Func<int, double[]> measure)
    {
        var rates = new double[_threads][];
        using var start = new Barrier(_threads);
        var threads = Enumerable.Range(0, _threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            rates[index] = measure(index);
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return [.. Enumerable.Range(0, rates[0].Length).Select(probe => rates.Sum(rate => rate[probe]))];
    }

    private AlignedBuffer[] Buffers() =>
        [.. Enumerable.Range(0, _threads).Select(_ => new AlignedBuffer(CopyLength / _threads))];
}
