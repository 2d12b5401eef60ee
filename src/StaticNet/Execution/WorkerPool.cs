using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace StaticNet.Execution;

/// <summary>
/// The threads of the process that kernels are shared out to. A run costs a microsecond or two while the threads are awake,
/// and no managed allocation.
/// </summary>
/// <remarks>
/// There is one pool and it does one run at a time. Whoever finds it taken, another user thread or a chunk that starts a run of
/// its own, does all its chunks itself: nothing waits for anything but its own chunks, so nothing can lock up. Threads start
/// when they are first asked for and sleep when there has been no work for a while.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkerPool
{
    private const int SpinsBeforeYield = 2000;

    private static int _taken;
    private static Worker[] _workers = [];

    // The run in progress. Written by its owner alone, before the queues say that there are chunks to take.
    private static ParallelWork? _work;
    private static int _stage;
    private static int _chunks;
    private static int _threads;
    private static Exception? _failure;
    private static Progress _progress;

    // Chunks of each thread. Another array takes this one's place only between runs, when all its queues are empty.
    private static Queue[] _queues = new Queue[1];
    private static uint _run;

    /// <summary>
    /// Does chunks 0 to <paramref name="chunks"/> - 1 of a stage of <paramref name="work"/> and returns when all are done. The
    /// calling thread takes part. With one thread or one chunk it does everything, without any synchronisation.
    /// </summary>
    /// <param name="work">What to do.</param>
    /// <param name="stage">Passed on to <see cref="ParallelWork.Execute"/>.</param>
    /// <param name="chunks">Number of chunks; 0 does nothing.</param>
    /// <param name="threads">Largest number of threads to use, the calling one included.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative or <paramref name="threads"/> is below 1.</exception>
    /// <remarks>
    /// If a chunk throws, those not yet begun are left out; the first exception is thrown again here when no chunk runs any more.
    /// </remarks>
    public static void Run(ParallelWork work, int stage, int chunks, int threads)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);

        threads = Math.Min(threads, chunks);
        if (threads <= 1 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            for (var chunk = 0; chunk < chunks; chunk++) work.Execute(stage, chunk, worker: 0);
            return;
        }

        Exception? failure;
        try
        {
            failure = Share(work, stage, chunks, threads);
        }
        finally
        {
            Volatile.Write(ref _taken, 0);
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private static Exception? Share(ParallelWork work, int stage, int chunks, int threads)
    {
        while (_workers.Length < threads - 1) _workers = [.. _workers, new Worker(_workers.Length + 1)];
        if (_queues.Length < threads) Volatile.Write(ref _queues, new Queue[threads]);

        (_work, _stage, _chunks, _threads, _failure) = (work, stage, chunks, threads, null);
        _progress.Pending = chunks;
        _run++;
        Handover.Begin();
        var queues = _queues.AsSpan(0, threads);
        for (var i = 0; i < threads; i++)
        {
            Interlocked.Exchange(ref queues[i].Claim, ((long)_run << 32) | (uint)(First(i + 1) - First(i)));
        }
        foreach (var worker in _workers.AsSpan(0, threads - 1)) worker.Wake();

        TakeChunks(0);
        // The last chunks of others take microseconds, in which giving up the processor would cost more than it gives to anyone.
        for (var spins = 0; spins < SpinsBeforeYield && Volatile.Read(ref _progress.Pending) != 0; spins++) Thread.SpinWait(1);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _progress.Pending) != 0) spinner.SpinOnce(sleep1Threshold: -1);

        _work = null;
        return _failure;
    }

    /// <summary>Whether a worker may find a chunk to take.</summary>
    internal static bool HasChunks(int worker)
    {
        var threads = Volatile.Read(ref _threads);
        if (worker >= threads) return false;

        foreach (ref var queue in Volatile.Read(ref _queues).AsSpan())
        {
            if ((int)Volatile.Read(ref queue.Claim) != 0) return true;
        }
        return false;
    }

    /// <summary>
    /// Takes the worker's own chunks and then, as long as there are any, those of others. Its own are the same part of every stage's, so
    /// that it mostly reads what it has written itself and still has in its cache.
    /// </summary>
    internal static void TakeChunks(int worker)
    {
        var queues = Volatile.Read(ref _queues);
        for (var i = 0; i < queues.Length; i++)
        {
            var owner = (worker + i) % queues.Length;
            while (TakeChunk(ref queues[owner], owner, worker))
            {
            }
        }
    }

    /// <summary>Takes the next chunk of a queue, if there is one.</summary>
    private static bool TakeChunk(ref Queue queue, int owner, int worker)
    {
        while (true)
        {
            // A claim that succeeds proves that its run was in progress since the first read, so what is read between the
            // two is of that run: its owner changes nothing before all chunks are done, and no chunk is claimed twice.
            var claim = Volatile.Read(ref queue.Claim);
            var remaining = (int)claim;
            if (remaining == 0 || worker >= _threads) return false;

            var (work, stage, chunk) = (_work, _stage, First(owner + 1) - remaining);
            if (Interlocked.CompareExchange(ref queue.Claim, claim - 1, claim) != claim) continue;

            try
            {
                if (worker == 1 && owner == 1 && remaining == First(2) - First(1)) Handover.End();
                if (Volatile.Read(ref _failure) is null) work!.Execute(stage, chunk, worker);
            }
#pragma warning disable CA1031 // Whatever it is, the thread that started the run gets it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _failure, exception, null);
            }
            Interlocked.Decrement(ref _progress.Pending);
            return true;
        }
    }

    /// <summary>The first chunk of a thread; that of the thread after the last is the number of chunks.</summary>
    private static int First(int thread) => (int)((long)_chunks * thread / _threads);

    // A counter has a pair of cache lines to itself (processors fetch lines in pairs).
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Progress
    {
        /// <summary>Chunks that are not done yet.</summary>
        [FieldOffset(128)] public int Pending;
    }

    /// <summary>A thread's chunks: a run of consecutive ones. Any thread takes them from the front.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Queue
    {
        /// <summary>Number of the run in the upper half, chunks that nobody has taken yet in the lower.</summary>
        [FieldOffset(128)] public long Claim;
    }
}
