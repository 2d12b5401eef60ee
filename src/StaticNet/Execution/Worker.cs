using System.Diagnostics;

namespace StaticNet.Execution;

/// <summary>
/// A thread of the <see cref="WorkerPool"/>. Between runs it watches for the next one for a fifth of a millisecond, as the kernels
/// of a step follow each other closely, and then sleeps until it is woken.
/// </summary>
internal sealed class Worker
{
    // Watching is for other processors' work: on a single one it would only keep that work from being done.
    private static readonly long WatchTicks = Environment.ProcessorCount > 1 ? Stopwatch.Frequency * 200 / 1_000_000 : 0;

    private readonly object _gate = new();
    private bool _asleep;

    /// <summary>Starts the thread with the given number, from 1: 0 is whoever starts a run.</summary>
    public Worker(int index)
    {
        Index = index;
        new Thread(Loop) { IsBackground = true, Name = $"StaticNet worker {index}" }.UnsafeStart();
    }

    public int Index { get; }

    /// <summary>
    /// Wakes the thread if it sleeps, and says whether it did. One that goes to sleep just now may be missed: its part is taken from it then.
    /// </summary>
    public bool Wake()
    {
        if (!Volatile.Read(ref _asleep)) return false;
        lock (_gate)
        {
            _asleep = false;
            Monitor.Pulse(_gate);
        }
        return true;
    }

    private void Loop()
    {
        var seen = 0u;
        while (true)
        {
            Await(seen);
            seen = WorkerPool.DoPart(Index);
        }
    }

    private void Await(uint seen)
    {
        var start = Stopwatch.GetTimestamp();
        while (!WorkerPool.HasPart(Index, seen))
        {
            if (Stopwatch.GetTimestamp() - start < WatchTicks)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Sleep(seen);
                start = Stopwatch.GetTimestamp();
            }
        }
    }

    private void Sleep(uint seen)
    {
        lock (_gate)
        {
            // First say so, then look again: mostly either this thread sees work published before, or its publisher sees it asleep.
            _asleep = true;
            Interlocked.MemoryBarrier();
            if (WorkerPool.HasPart(Index, seen)) _asleep = false;
            while (_asleep) Monitor.Wait(_gate);
        }
    }
}
