using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace StaticNet.Benchmarks.Probes;

/// <summary>The limits of the processor and its memory.</summary>
internal sealed class Machine : IMachine
{
    private const int ProbeIterations = 200_000;
    private const int CopyLength = 16 << 20;

    private readonly int _threads;
    private readonly AlignedBuffer[] _sources;
    private readonly AlignedBuffer[] _targets;
    private double _peakGflops;
    private double _copyGigabytesPerSecond;

    public Machine(int threads)
    {
        _threads = threads;
        _sources = Buffers();
        _targets = Buffers();
        Sample(); // Compiles the probes and touches the pages; its rates can only be too low.
    }

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"Multiply-add peak {_peakGflops:0.0} GFLOP/s ({VectorBits}-bit vectors), copy {_copyGigabytesPerSecond:0.0} GB/s, highest of this run.");

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public void Sample()
    {
        _peakGflops = Math.Max(_peakGflops, OnAllThreads(_ => Rates()).Max());
        _copyGigabytesPerSecond = Math.Max(_copyGigabytesPerSecond, OnAllThreads(Copy).Max());
    }

    /// <summary>The highest multiply-add rate seen so far over all threads together.</summary>
    public double PeakGflops(Precision precision) => _peakGflops;

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
