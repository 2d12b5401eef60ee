using System.Diagnostics;

namespace StaticNet.Benchmarks.Compare;

/// <summary>What alternating rounds gave.</summary>
/// <param name="OursMicroseconds">Median of our calls.</param>
/// <param name="PeerMicroseconds">Median of the peer's calls; null without a peer.</param>
/// <param name="Ratio">Median over rounds of peer / ours.</param>
/// <param name="InterquartileRange">Of the ratios.</param>
internal sealed record Measurement(double OursMicroseconds, double? PeerMicroseconds, double? Ratio, double? InterquartileRange);

/// <summary>
/// Times two sides in turn. Each round times one block of calls of either side, the order changing from round to round, and
/// gives one ratio: what slows the machine for longer than a round slows both, and the median drops what hits only one.
/// </summary>
internal sealed class PairedRounds(TimeSpan warmUp, TimeSpan block, TimeSpan budget, bool settles)
{
    private const int MinimumRounds = 11;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestSettling = TimeSpan.FromMilliseconds(500);

    public Measurement Run(ITimedSide ours, ITimedSide? peer)
    {
        var ourCalls = WarmUp(ours);
        var peerCalls = peer is null ? 0 : WarmUp(peer);
        List<double> ourTimes = [], peerTimes = [], ratios = [];
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < MinimumRounds || Stopwatch.GetElapsedTime(start) < budget; round++)
        {
            if (peer is null)
            {
                ourTimes.Add(Block(ours, ourCalls));
                continue;
            }

            var oursFirst = round % 2 == 0;
            var first = oursFirst ? Block(ours, ourCalls) : Block(peer, peerCalls);
            var second = oursFirst ? Block(peer, peerCalls) : Block(ours, ourCalls);
            var (us, them) = oursFirst ? (first, second) : (second, first);
            ourTimes.Add(us);
            peerTimes.Add(them);
            ratios.Add(them / us);
        }

        return peer is null
            ? new(Statistics.Median(ourTimes), null, null, null)
            : new(Statistics.Median(ourTimes), Statistics.Median(peerTimes), Statistics.Median(ratios), Statistics.InterquartileRange(ratios));
    }

    /// <summary>Times one side alone, to choose between several ways of running it.</summary>
    public double Estimate(ITimedSide side)
    {
        var calls = WarmUp(side);
        return Statistics.Median(Enumerable.Range(0, MinimumRounds).Select(_ => Block(side, calls)));
    }

    private double Block(ITimedSide side, int calls)
    {
        var time = side.Run(calls);
        if (settles)
        {
            Settle(side);
        }

        return time;
    }

    /// <summary>
    /// Thread pools spin after their last task, ONNX Runtime's for 35 ms: lets them fall asleep before the other side's clock starts, or
    /// its threads would share processors with them.
    /// </summary>
    private static void Settle(ITimedSide side)
    {
        var start = Stopwatch.GetTimestamp();
        TimeSpan before, now = side.ProcessorTime;
        do
        {
            Thread.Sleep(s_look);
            (before, now) = (now, side.ProcessorTime);
        }
        while (now - before > s_look / 10 && Stopwatch.GetElapsedTime(start) < s_longestSettling);
    }

    /// <summary>Runs a side until the JIT, the caches and the clock have settled.</summary>
    /// <returns>How many calls fill a block.</returns>
    private int WarmUp(ITimedSide side)
    {
        var calls = 1;
        var start = Stopwatch.GetTimestamp();
        double microseconds;
        do
        {
            microseconds = side.Run(calls);
            calls = (int)Math.Clamp(block.TotalMicroseconds / microseconds, 1, 2.0 * calls);
        }
        while (Stopwatch.GetElapsedTime(start) < warmUp);
        return (int)Math.Max(1, block.TotalMicroseconds / microseconds);
    }
}
