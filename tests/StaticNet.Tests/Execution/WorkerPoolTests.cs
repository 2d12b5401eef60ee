using System.Collections.Concurrent;
using StaticNet.Execution;

namespace StaticNet.Tests.Execution;

[Collection("Alone")]
public class WorkerPoolTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    [InlineData(3, 8)]
    [InlineData(1000, 4)]
    public void Every_chunk_runs_once(int chunks, int threads)
    {
        var work = new Counting(chunks);
        for (var round = 1; round <= 200; round++)
        {
            WorkerPool.Run(work, stage: 5, chunks, threads);
            Assert.All(work.Runs, runs => Assert.Equal(round, runs));
        }
    }

    [Fact]
    public void Stage_is_passed_on_and_workers_are_numbered_within_the_threads()
    {
        var seen = new ConcurrentBag<(int Stage, int Worker)>();
        var work = new Lambda((stage, _, worker) =>
        {
            seen.Add((stage, worker));
            Thread.Sleep(1);
        });
        WorkerPool.Run(work, stage: 9, chunks: 30, threads: 3);

        Assert.All(seen, s => Assert.Equal(9, s.Stage));
        Assert.All(seen, s => Assert.InRange(s.Worker, 0, 2));
        Assert.True(seen.Select(s => s.Worker).Distinct().Count() > 1, "sleeping chunks leave time for a second thread");
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(30, 3)]
    [InlineData(7, 3)]
    public void Threads_begin_with_their_own_part(int chunks, int threads)
    {
        var first = new int[threads];
        var work = new Lambda((_, chunk, worker) =>
        {
            Interlocked.CompareExchange(ref first[worker], chunk + 1, 0);
            Thread.Sleep(20);
        });
        WorkerPool.Run(work, 0, chunks, threads);

        Assert.Equal(Enumerable.Range(0, threads).Select(thread => chunks * thread / threads), first.Select(chunk => chunk - 1));
    }

    [Fact]
    public void No_two_chunks_run_with_one_worker_number_at_once()
    {
        var busy = new int[4];
        var clashes = 0;
        var work = new Lambda((_, _, worker) =>
        {
            if (Interlocked.Increment(ref busy[worker]) != 1) Interlocked.Increment(ref clashes);
            Thread.SpinWait(20);
            Interlocked.Decrement(ref busy[worker]);
        });
        for (var round = 0; round < 500; round++) WorkerPool.Run(work, 0, 16, 4);
        Assert.Equal(0, clashes);
    }

    [Fact]
    public void Writes_of_all_chunks_are_seen_after_the_run_and_by_the_next()
    {
        var (source, target) = (new long[64], new long[64]);
        var work = new Lambda((_, chunk, _) => target[chunk] = source[(chunk + 1) % 64] + 1);
        for (var round = 1; round <= 5000; round++)
        {
            WorkerPool.Run(work, 0, 64, 2);
            Assert.Equal(-1, target.AsSpan().IndexOfAnyExcept(round));
            (source, target) = (target, source);
        }
    }

    [Fact]
    public void Runs_of_several_user_threads_do_not_disturb_each_other()
    {
        var threads = new List<Thread>();
        var failures = new ConcurrentQueue<string>();
        for (var t = 0; t < 4; t++)
        {
            var thread = new Thread(() =>
            {
                var work = new Counting(20);
                for (var round = 1; round <= 2000; round++)
                {
                    WorkerPool.Run(work, 0, 20, 3);
                    if (work.Runs.Any(runs => runs != round)) failures.Enqueue($"round {round}");
                }
            });
            thread.Start();
            threads.Add(thread);
        }
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
    }

    [Fact]
    public void Chunk_may_start_a_run_of_its_own()
    {
        var total = 0;
        var inner = new Lambda((_, _, _) => Interlocked.Increment(ref total));
        var outer = new Lambda((_, _, _) => WorkerPool.Run(inner, 0, 10, 2));
        WorkerPool.Run(outer, 0, 10, 2);
        Assert.Equal(100, total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Exception_reaches_the_caller_when_no_chunk_runs_any_more_and_the_pool_goes_on(int threads)
    {
        var running = 0;
        var failing = new Lambda((_, chunk, _) =>
        {
            Interlocked.Increment(ref running);
            Thread.Sleep(1);
            Interlocked.Decrement(ref running);
            if (chunk == 5) throw new InvalidOperationException("chunk 5");
        });
        for (var round = 0; round < 5; round++)
        {
            var exception = Assert.Throws<InvalidOperationException>(() => WorkerPool.Run(failing, 0, 40, threads));
            Assert.Equal("chunk 5", exception.Message);
            Assert.Equal(0, running);
        }
        Every_chunk_runs_once(50, threads);
    }

    [Fact]
    public void Sleeping_workers_wake_up()
    {
        var work = new Counting(8);
        for (var round = 1; round <= 20; round++)
        {
            Thread.Sleep(2);
            WorkerPool.Run(work, 0, 8, 2);
            Assert.All(work.Runs, runs => Assert.Equal(round, runs));
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        var work = new Counting(16);
        for (var i = 0; i < 100; i++) WorkerPool.Run(work, 0, 16, 3);

        // The test host's own threads allocate now and then, so the least of a few counts holds; a run that allocated would show in all.
        var allocated = Enumerable.Range(0, 5).Min(_ => Allocated());
        Assert.True(allocated < 24_000, $"{allocated} bytes in 1000 runs");

        long Allocated()
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 1000; i++)
            {
                WorkerPool.Run(work, 0, 16, 3);
                if (i % 100 == 0) Thread.Sleep(1);
            }

            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        var work = new Counting(1);
        Assert.Throws<ArgumentNullException>(() => WorkerPool.Run(null!, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerPool.Run(work, 0, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerPool.Run(work, 0, 1, 0));
    }

    private sealed class Counting(int chunks) : ParallelWork
    {
        public readonly int[] Runs = new int[chunks];

        public override void Execute(int stage, int chunk, int worker) => Interlocked.Increment(ref Runs[chunk]);
    }

    private sealed class Lambda(Action<int, int, int> execute) : ParallelWork
    {
        public override void Execute(int stage, int chunk, int worker) => execute(stage, chunk, worker);
    }
}
