using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace StaticNet.Benchmarks.Probes;

/// <summary>
/// Straight loops of independent fused multiply-adds on registers, with different numbers of accumulators. Which number is
/// fastest depends on the processor's latency, ports and registers; the highest rate of them all is taken as its peak.
/// </summary>
internal static class MultiplyAddProbe<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private static float s_sink;

    /// <summary>The rates of all probes in GFLOP/s, a multiply-add counted as two operations.</summary>
    /// <param name="iterations">Loop iterations of each probe.</param>
    public static double[] Rates(int iterations) =>
    [
        Rate(Accumulate8, 8, iterations),
        Rate(Accumulate12, 12, iterations),
        Rate(Accumulate20, 20, iterations),
        Rate(Accumulate28, 28, iterations),
    ];

    private static double Rate(Func<int, float> probe, int accumulators, int iterations)
    {
        var start = Stopwatch.GetTimestamp();
        s_sink = probe(iterations);
        var nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return 2.0 * accumulators * TLanes.Count * iterations / nanoseconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Accumulate8(int iterations)
    {
        Four a = new(), b = new();
        TVector x = TLanes.Create(1e-3f), y = TLanes.Create(1e-3f);
        for (var i = 0; i < iterations; i++)
        {
            a.MultiplyAdd(x, y);
            b.MultiplyAdd(x, y);
        }

        return TLanes.First(TLanes.Add(a.Sum(), b.Sum()));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Accumulate12(int iterations)
    {
        Four a = new(), b = new(), c = new();
        TVector x = TLanes.Create(1e-3f), y = TLanes.Create(1e-3f);
        for (var i = 0; i < iterations; i++)
        {
            a.MultiplyAdd(x, y);
            b.MultiplyAdd(x, y);
            c.MultiplyAdd(x, y);
        }

        return TLanes.First(TLanes.Add(a.Sum(), TLanes.Add(b.Sum(), c.Sum())));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Accumulate20(int iterations)
    {
        Four a = new(), b = new(), c = new(), d = new(), e = new();
        TVector x = TLanes.Create(1e-3f), y = TLanes.Create(1e-3f);
        for (var i = 0; i < iterations; i++)
        {
            a.MultiplyAdd(x, y);
            b.MultiplyAdd(x, y);
            c.MultiplyAdd(x, y);
            d.MultiplyAdd(x, y);
            e.MultiplyAdd(x, y);
        }

        return TLanes.First(TLanes.Add(TLanes.Add(a.Sum(), b.Sum()), TLanes.Add(TLanes.Add(c.Sum(), d.Sum()), e.Sum())));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Accumulate28(int iterations)
    {
        Four a = new(), b = new(), c = new(), d = new(), e = new(), f = new(), g = new();
        TVector x = TLanes.Create(1e-3f), y = TLanes.Create(1e-3f);
        for (var i = 0; i < iterations; i++)
        {
            a.MultiplyAdd(x, y);
            b.MultiplyAdd(x, y);
            c.MultiplyAdd(x, y);
            d.MultiplyAdd(x, y);
            e.MultiplyAdd(x, y);
            f.MultiplyAdd(x, y);
            g.MultiplyAdd(x, y);
        }

        var left = TLanes.Add(TLanes.Add(a.Sum(), b.Sum()), TLanes.Add(c.Sum(), d.Sum()));
        return TLanes.First(TLanes.Add(left, TLanes.Add(TLanes.Add(e.Sum(), f.Sum()), g.Sum())));
    }

    /// <summary>Four accumulators: the most fields for which the JIT keeps a struct in registers.</summary>
    private struct Four
    {
        private TVector _first;
        private TVector _second;
        private TVector _third;
        private TVector _fourth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void MultiplyAdd(TVector x, TVector y)
        {
            _first = TLanes.MultiplyAdd(x, y, _first);
            _second = TLanes.MultiplyAdd(x, y, _second);
            _third = TLanes.MultiplyAdd(x, y, _third);
            _fourth = TLanes.MultiplyAdd(x, y, _fourth);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TVector Sum() => TLanes.Add(TLanes.Add(_first, _second), TLanes.Add(_third, _fourth));
    }
}
