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
/// <para>
/// Between distant processors a cache line takes half a microsecond, which is as long as a small kernel. So a thread learns all about a run
/// from one line that it watches, begins with its first chunk without asking anyone, and says that it has finished in one line that the
/// owner of the run watches. Only when it does not begin for a while is its part taken from it.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkerPool
{
    /// <summary>Looks at a thread that has not begun, each some tens of nanoseconds, until its part is taken from it.</summary>
    private const int Patience = 300;

    private const int SpinsBeforeYield = 2000;

    private static readonly Part[] Parts = new Part[Math.Max(64, Environment.ProcessorCount)];

    private static Worker[] _workers = [];
    private static uint _run;
    private static Owner _owner;

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

        threads = Math.Min(Math.Min(threads, chunks), Parts.Length);
        if (threads <= 1 || Interlocked.CompareExchange(ref _owner.Taken, 1, 0) != 0)
        {
            for (var chunk = 0; chunk < chunks; chunk++) work.Execute(stage, chunk, worker: 0);
            return;
        }

        Exception? failure;
        try
        {
            Share(work, stage, chunks, threads);
        }
        finally
        {
            failure = _owner.Failure;
            if (failure is not null) _owner.Failure = null;
            Volatile.Write(ref _owner.Taken, 0);
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private static void Share(ParallelWork work, int stage, int chunks, int threads)
    {
        while (_workers.Length < threads - 1) _workers = [.. _workers, new Worker(_workers.Length + 1)];

        var run = ++_run;
        for (var thread = 0; thread < threads; thread++)
        {
            ref var part = ref Parts[thread];
            (part.Work, part.Stage, part.Chunks, part.Threads) = (work, stage, chunks, threads);
            Volatile.Write(ref part.Run, run);
        }
        foreach (var worker in _workers.AsSpan(0, threads - 1)) Parts[worker.Index].IsLate = worker.Wake();

        ref var own = ref Parts[0];
        Volatile.Write(ref own.Claim, Claim(run, own.End(0) - own.First(0)));
        TakeAll(own, run, 0);
        for (var thread = 1; thread < threads; thread++)
        {
            Finish(thread, run);
        }
        own.Work = null;
    }

    /// <summary>Whether a thread has a part of a run that it has not seen.</summary>
    internal static bool HasPart(int thread, uint seen) => Volatile.Read(ref Parts[thread].Run) != seen;

    /// <summary>Does a thread's part of a run: its own chunks and then, as long as there are any, those of others.</summary>
    /// <returns>The run.</returns>
    internal static uint DoPart(int thread)
    {
        ref var part = ref Parts[thread];
        var run = Volatile.Read(ref part.Run);

        // Between this write and this read there is no fence: whoever takes the part away makes one for all threads.
        Volatile.Write(ref part.Begun, run);
        if ((int)(Volatile.Read(ref part.Revoked) - run) >= 0)
        {
            Volatile.Write(ref part.Left, run);
            return run;
        }

        var first = part.First(thread);
        Volatile.Write(ref part.Claim, Claim(run, part.End(thread) - first - 1));
        Execute(part, first, thread);
        TakeAll(part, run, thread);
        Volatile.Write(ref part.Done, run);
        return run;
    }

    /// <summary>
    /// Takes the thread's own chunks and then those of others. Its own are the same part of every stage's, so that it mostly reads what it
    /// has written itself and still has in its cache.
    /// </summary>
    private static void TakeAll(in Part run, uint number, int thread)
    {
        for (var i = 0; i < run.Threads; i++)
        {
            var owner = (thread + i) % run.Threads;
            ref var claims = ref Parts[owner].Claim;
            while (true)
            {
                // A claim that succeeds proves that its run is in progress, and no chunk is claimed twice.
                var claim = Volatile.Read(ref claims);
                var remaining = (int)claim;
                if (remaining == 0 || (uint)(claim >> 32) != number) break;

                if (Interlocked.CompareExchange(ref claims, claim - 1, claim) == claim) Execute(run, run.End(owner) - remaining, thread);
            }
        }
    }

    private static void Execute(in Part run, int chunk, int thread)
    {
        try
        {
            if (Volatile.Read(ref _owner.Failure) is null) run.Work!.Execute(run.Stage, chunk, thread);
        }
#pragma warning disable CA1031 // Whatever it is, the thread that started the run gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _owner.Failure, exception, null);
        }
    }

    /// <summary>Waits until a thread has done its part, or does it in its place.</summary>
    private static void Finish(int thread, uint run)
    {
        ref var part = ref Parts[thread];
        var patience = part.IsLate ? 0 : Patience;
        var spinner = default(SpinWait);
        for (var spins = 0; Volatile.Read(ref part.Done) != run; spins++)
        {
            if ((spins == patience && Volatile.Read(ref part.Begun) != run && Revoke(ref part, run)) || Volatile.Read(ref part.Left) == run)
            {
                for (var chunk = part.First(thread); chunk < part.End(thread); chunk++) Execute(Parts[0], chunk, 0);
                return;
            }

            // The last chunks of others take microseconds, in which giving up the processor would cost more than it gives to anyone.
            if (spins < SpinsBeforeYield) Thread.SpinWait(1);
            else spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Takes a part from a thread that has not begun with it; false when it has, and then it does the part or leaves it.</summary>
    private static bool Revoke(ref Part part, uint run)
    {
        Volatile.Write(ref part.Revoked, run);
        Interlocked.MemoryBarrierProcessWide();
        return Volatile.Read(ref part.Begun) != run;
    }

    /// <summary>Number of the run in the upper half, chunks that nobody has taken yet in the lower.</summary>
    private static long Claim(uint run, int chunks) => ((long)run << 32) | (uint)chunks;

    /// <summary>
    /// A thread's part of a run: consecutive chunks. What different threads write is in different cache lines, and apart from other parts
    /// by two (processors fetch lines in pairs).
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Part
    {
        // Written by the owner of the run; its number last, which says that there is one.
        [FieldOffset(128)] public ParallelWork? Work;
        [FieldOffset(136)] public int Stage;
        [FieldOffset(140)] public int Chunks;
        [FieldOffset(144)] public int Threads;
        [FieldOffset(148)] public uint Run;

        /// <summary>The last run that the part was taken from the thread in.</summary>
        [FieldOffset(152)] public uint Revoked;

        /// <summary>Whether the thread slept when the run began. Only the owner reads it.</summary>
        [FieldOffset(192)] public bool IsLate;

        /// <summary>Chunks that nobody has taken yet. Any thread takes them from the front, others than its own when those are done.</summary>
        [FieldOffset(256)] public long Claim;

        // Written by the thread.
        [FieldOffset(264)] public uint Begun;
        [FieldOffset(268)] public uint Done;

        /// <summary>The last run that the thread saw its part taken from it in.</summary>
        [FieldOffset(272)] public uint Left;

        /// <summary>The first chunk of a thread.</summary>
        public readonly int First(int thread) => (int)((long)Chunks * thread / Threads);

        /// <summary>The chunk behind its last.</summary>
        public readonly int End(int thread) => First(thread + 1);
    }

    /// <summary>What belongs to the owner of the run.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Owner
    {
        [FieldOffset(128)] public int Taken;

        /// <summary>What a chunk has thrown; read by all threads and hardly ever written.</summary>
        [FieldOffset(256)] public Exception? Failure;
    }
}
