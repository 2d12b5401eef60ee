using StaticNet.Execution;

namespace StaticNet;

/// <summary>Runs a network over data in inference mode, batch after batch, in memory of its own.</summary>
internal sealed class Evaluator : IDisposable
{
    private readonly NetworkCore _network;
    private readonly int _batchSize;
    private readonly Batches _batches;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _predictions;
    private readonly AlignedMemory _losses;

    public Evaluator(NetworkCore network, int batchSize)
    {
        (_network, _batchSize) = (network, batchSize);
        _batches = new Batches(network.Info, batchSize);
        _weights = new AlignedMemory(batchSize);
        _weights.Span.Fill(1);
        _predictions = new AlignedMemory((long)batchSize * network.Info.OutputSize);
        _losses = new AlignedMemory(batchSize);
    }

    /// <summary>The mean loss, with penalties; the scorer sees every batch.</summary>
    /// <param name="data">Holds the samples.</param>
    /// <param name="places">Where the samples to run over are stored.</param>
    /// <param name="scorer">Sees predictions and targets.</param>
    /// <param name="cancellation">Ends the run between batches.</param>
    public double Run<TScorer>(Dataset data, int[] places, TScorer scorer, CancellationToken cancellation)
        where TScorer : IScorer
    {
        var sum = 0.0;
        for (var start = 0; start < places.Length; start += _batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(_batchSize, places.Length - start);
            _batches.Fill(data, places, start, count, round: null, _network.Threads);
            _network.Evaluate(count, _batches.Inputs, _batches.Targets, _weights.Address, _predictions.Address, _losses.Address);
            var batch = new PredictedBatch(_network.Info, count, _predictions.Address, _batches.Targets, _losses.Address);
            scorer.Add(batch);
            foreach (var loss in batch.Losses)
            {
                sum += loss;
            }
        }

        return (sum / places.Length) + _network.Penalty();
    }

    public void Dispose()
    {
        _batches.Dispose();
        _weights.Dispose();
        _predictions.Dispose();
        _losses.Dispose();
    }
}
