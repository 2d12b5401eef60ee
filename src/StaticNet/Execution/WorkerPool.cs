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
    private static int _taken;
    private static Worker[] _workers = [];

    // The run in progress. Written by its owner alone, before Progress.Claim says that there are chunks to take.
    private static ParallelWork? _work;
    private static int _stage;
    private static int _chunks;
    private static int _threads;
    private static Exception? _failure;
    private static Progress _progress;

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

        (_work, _stage, _chunks, _threads, _failure) = (work, stage, chunks, threads, null);
        _progress.Pending = chunks;
        var run = (uint)(_progress.Claim >> 32) + 1;
        Interlocked.Exchange(ref _progress.Claim, ((long)run << 32) | (uint)chunks);
        foreach (var worker in _workers.AsSpan(0, threads - 1)) worker.Wake();

        TakeChunks(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _progress.Pending) != 0) spinner.SpinOnce(sleep1Threshold: -1);

        _work = null;
        return _failure;
    }

    /// <summary>Whether a worker may find a chunk to take.</summary>
    internal static bool HasChunks(int worker) => (int)Volatile.Read(ref _progress.Claim) != 0 && worker < Volatile.Read(ref _threads);

    /// <summary>Takes chunks, one after the other, until none is left.</summary>
    internal static void TakeChunks(int worker)
    {
        while (true)
        {
            // A claim that succeeds proves that its run was in progress since the first read, so what is read between the
            // two is of that run: its owner changes nothing before all chunks are done, and no chunk is claimed twice.
            var claim = Volatile.Read(ref _progress.Claim);
            var remaining = (int)claim;
            var (work, stage, chunk) = (_work, _stage, _chunks - remaining);
            if (remaining == 0 || worker >= _threads) return;
            if (Interlocked.CompareExchange(ref _progress.Claim, claim - 1, claim) != claim) continue;

            try
            {
                if (Volatile.Read(ref _failure) is null) work!.Execute(stage, chunk, worker);
            }
#pragma warning disable CA1031 // Whatever it is, the thread that started the run gets it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _failure, exception, null);
            }
            Interlocked.Decrement(ref _progress.Pending);
        }
    }

    // Each counter has a pair of cache lines to itself (processors fetch lines in pairs).
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Progress
    {
        /// <summary>Number of the run in the upper half, chunks that nobody has taken yet in the lower.</summary>
        [FieldOffset(128)] public long Claim;

        /// <summary>Chunks that are not done yet.</summary>
        [FieldOffset(256)] public int Pending;
    }
}
