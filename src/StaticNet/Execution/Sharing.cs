using System.Diagnostics;

namespace StaticNet.Execution;

/// <summary>
/// Learns how much work a stage must have to be shared out among threads. What handing over costs depends on how far apart the processors
/// are that threads run on, which nobody tells and which changes while a program runs: from a tenth of a microsecond to more than one, and
/// as much for every piece of data that one thread has written and another reads. So now and then a few runs are done with other limits,
/// and the one with which they were fastest is kept.
/// </summary>
internal sealed class Sharing
{
    /// <summary>Multiply-adds: the least that is shared out in each of the ways that are tried.</summary>
    private static readonly long[] Limits = [200_000, 800_000, 3_200_000, 12_800_000];

    /// <summary>Runs from one trial of the other limits to the next.</summary>
    private const int TrialInterval = 256;

    /// <summary>Runs with each of them: in the first, threads may sleep that are awake in the next.</summary>
    private const int RunsOfTrial = 2;

    private readonly double[] _ticks = new double[Limits.Length];
    private int _best;
    private int _current;
    private int _run;
    private int _batch = -1;
    private long _begin;

    /// <summary>The least work of a stage that is shared out in this run.</summary>
    public long Limit => Limits[_current];

    /// <summary>A run of a program begins.</summary>
    public void Begin(int batch)
    {
        if (batch != _batch)
        {
            (_batch, _run, _best) = (batch, 0, 0);
            Array.Fill(_ticks, double.MaxValue);
        }

        var trial = _run / RunsOfTrial;
        _current = trial < Limits.Length ? trial : _best;
        _begin = Stopwatch.GetTimestamp();
    }

    /// <summary>The run has ended.</summary>
    public void End() => Took(Stopwatch.GetTimestamp() - _begin);

    /// <summary>The run has taken so long.</summary>
    internal void Took(long ticks)
    {
        if (_run >= RunsOfTrial * Limits.Length)
        {
            // Something else may have had the processor for a while: longer than twice as long tells nothing.
            if (ticks < 2 * _ticks[_best]) _ticks[_best] = ((7 * _ticks[_best]) + ticks) / 8;
        }
        else if (_run % RunsOfTrial == RunsOfTrial - 1)
        {
            _ticks[_current] = ticks;
            if (_run == (RunsOfTrial * Limits.Length) - 1) _best = Array.IndexOf(_ticks, _ticks.Min());
        }

        _run = (_run + 1) % TrialInterval;
    }
}
