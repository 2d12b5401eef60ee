using System.Diagnostics;

namespace StaticNet.Execution;

/// <summary>
/// How long it takes until another thread of the <see cref="WorkerPool"/> begins with what it is given. Mostly a fraction of a
/// microsecond; several where threads run on distant processors. Shorter work is not shared out.
/// </summary>
internal static class Handover
{
    /// <summary>Multiply-adds of work that is shared out however fast the others are.</summary>
    private const long LeastWork = 200_000;

    /// <summary>
    /// Multiply-adds that work must have for each of these nanoseconds. A thread does 100 in one; the other's results, and that it has
    /// finished, take as long to come back, and sharing should gain more than it costs.
    /// </summary>
    private const long WorkOfNanosecond = 1000;

    /// <summary>Longer than this a thread has slept, or something else had its processor: that tells nothing about the next time.</summary>
    private const long LongestNanoseconds = 10_000;

    /// <summary>Once in so many times work that is not worth sharing is shared all the same, to see whether others are faster now.</summary>
    private const int ProbeInterval = 256;

    private static readonly double NanosecondsOfTick = 1e9 / Stopwatch.Frequency;

    private static long _begin;
    private static long _nanoseconds;
    private static int _probes;

    /// <summary>Whether so many multiply-adds are worth sharing out.</summary>
    public static bool Pays(long work) =>
        work >= LeastWork && (work >= _nanoseconds * WorkOfNanosecond || (++_probes % ProbeInterval) == 0);

    /// <summary>Work is about to be given to others.</summary>
    public static void Begin() => _begin = Stopwatch.GetTimestamp();

    /// <summary>Another thread has it.</summary>
    public static void End()
    {
        var nanoseconds = (long)((Stopwatch.GetTimestamp() - _begin) * NanosecondsOfTick);
        if (nanoseconds <= LongestNanoseconds) _nanoseconds = ((7 * _nanoseconds) + nanoseconds) / 8;
    }
}
