using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>Work that <see cref="WorkerPool"/> shares out. An instance is kept and run again and again, so running allocates nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ParallelWork
{
    /// <summary>Does one chunk. Chunks of a stage run in any order, on any thread, at the same time.</summary>
    /// <param name="stage">Which of the object's pieces of work to do, as passed to <see cref="WorkerPool.Run"/>.</param>
    /// <param name="chunk">Which part of it, 0 to the number of chunks - 1.</param>
    /// <param name="worker">
    /// Which thread of this run does it, 0 to the number of threads - 1: no two chunks run at the same time with the same number.
    /// </param>
    public abstract void Execute(int stage, int chunk, int worker);
}
