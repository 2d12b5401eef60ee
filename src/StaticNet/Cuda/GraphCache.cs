using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>What a graph was captured of.</summary>
/// <param name="Program">The program.</param>
/// <param name="Batch">Samples.</param>
/// <param name="Slot">The memory that the batch goes through.</param>
/// <param name="Optimizer">Changes the parameters at the end; null for none.</param>
/// <param name="Accumulate">Whether gradients are added to those that are there.</param>
/// <param name="Stays">Whether results stay on the device.</param>
internal readonly record struct GraphKey(
    ProgramKind Program, int Batch, BatchSlot Slot, CudaOptimizer? Optimizer = null, bool Accumulate = false, bool Stays = false);

/// <summary>
/// Graphs of work that comes again. Work is done launch by launch the first time, which also loads its kernels, captured the second time,
/// and from then on launched as one.
/// </summary>
internal sealed class GraphCache(CudaContext context)
{
    /// <summary>More batch sizes than that come from data that never repeats them.</summary>
    private const int Most = 64;

    private readonly Dictionary<GraphKey, CudaGraph?> _graphs = [];

    /// <summary>Launches the graph of work that was captured before; false when it was not.</summary>
    public bool TryLaunch(CudaStream stream, in GraphKey key)
    {
        if (_graphs.GetValueOrDefault(key) is not { } graph)
        {
            return false;
        }

        stream.Launch(graph);
        return true;
    }

    /// <summary>Does work that was not captured yet, by itself or as a graph.</summary>
    public void Run(CudaStream stream, in GraphKey key, Action work)
    {
        if (_graphs.ContainsKey(key))
        {
            var graph = stream.Capture(work);
            _graphs[key] = graph;
            stream.Launch(graph);
            return;
        }

        work();
        if (_graphs.Count == Most)
        {
            Clear();
        }

        if (!context.Driver.ChecksLaunches)
        {
            _graphs.Add(key, null);
        }
    }

    /// <summary>Forgets all graphs: what they work on is about to move.</summary>
    public void Clear()
    {
        foreach (var graph in _graphs.Values)
        {
            graph?.Dispose();
        }

        _graphs.Clear();
    }
}
