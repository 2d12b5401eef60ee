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

    private readonly int _index;
    private readonly object _gate = new();
    private bool _asleep;

    /// <summary>Starts the thread with the given number, from 1: 0 is whoever starts a run.</summary>
    public Worker(int index)
    {
        _index = index;
        new Thread(Loop) { IsBackground = true, Name = $"StaticNet worker {index}" }.UnsafeStart();
    }

    /// <summary>Wakes the thread if it sleeps. The work must be visible before.</summary>
    public void Wake()
    {
        if (!Volatile.Read(ref _asleep)) return;
        lock (_gate)
        {
            _asleep = false;
            Monitor.Pulse(_gate);
        }
    }

    private void Loop()
    {
        while (true)
        {
            Await();
            WorkerPool.TakeChunks(_index);
        }
    }

    private void Await()
    {
        var start = Stopwatch.GetTimestamp();
        while (!WorkerPool.HasChunks(_index))
        {
            if (Stopwatch.GetTimestamp() - start < WatchTicks)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Sleep();
                start = Stopwatch.GetTimestamp();
            }
        }
    }

    private void Sleep()
    {
        lock (_gate)
        {
            // First say so, then look again: either this thread sees work published before, or its publisher sees it asleep.
            _asleep = true;
            Interlocked.MemoryBarrier();
            if (WorkerPool.HasChunks(_index)) _asleep = false;
            while (_asleep) Monitor.Wait(_gate);
        }
    }
}
