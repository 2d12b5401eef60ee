using StaticNet.Execution;

namespace StaticNet;

/// <summary>Takes training steps over a data set, each on one batch or on several whose gradients are added up.</summary>
internal sealed class Stepper : IDisposable
{
    private readonly NetworkCore _network;
    private readonly Dataset _data;
    private readonly Optimizer _optimizer;
    private readonly IReadOnlyList<double>? _classWeights;
    private readonly int _batchSize;
    private readonly Action _prepareNext;
    private PreparedBatch _batch;
    private PreparedBatch? _next;
    private (int[] Places, int Start) _upcoming;

    public Stepper(NetworkCore network, Dataset data, Optimizer optimizer, FitOptions options)
    {
        (_network, _data, _optimizer, _classWeights) = (network, data, optimizer, options.ClassWeights);
        SamplesPerStep = (int)Math.Min(data.Count, (long)options.BatchSize * options.AccumulateSteps);
        _batchSize = Math.Min(options.BatchSize, SamplesPerStep);
        _batch = new PreparedBatch(network.Info, _batchSize);
        _prepareNext = PrepareNext;
    }

    /// <summary>Samples of a whole step.</summary>
    public int SamplesPerStep { get; }

    /// <summary>Decides what augmentation leaves to chance, sample by sample.</summary>
    public AugmentationRound Round { get; set; }

    /// <summary>A step on the samples at some of the places; those after them are taken to be the next step's.</summary>
    /// <returns>Σ weight·loss / Σ weight with penalties, and Σ weight.</returns>
    public (double Loss, double Weight) Step(int[] places, int start, int count)
    {
        var weight = Weight(places, start, count);
        if (count <= _batchSize)
        {
            Choose(places, start, count, weight);
            _upcoming = (places, start + count);
            var (batches, weights) = (_batch.Batches, _batch.Weights);
            return (_network.TrainStep(count, batches.Inputs, batches.Targets, weights, _optimizer, _batch.Ticket, _prepareNext), weight);
        }

        var loss = _network.Penalty();
        for (var done = 0; done < count; done += _batchSize)
        {
            var part = Math.Min(_batchSize, count - done);
            Prepare(_batch, places, start + done, part);
            Weigh(_batch, places, start + done, part, weight);
            loss += _network.AccumulateStep(part, _batch.Batches.Inputs, _batch.Batches.Targets, _batch.Weights, first: done == 0);
        }

        _network.Step(_optimizer);
        return (loss, weight);
    }

    public void Dispose()
    {
        _batch.Dispose();
        _next?.Dispose();
    }

    /// <summary>Takes the batch that was prepared during the step before, or prepares it now.</summary>
    private void Choose(int[] places, int start, int count, double weight)
    {
        if (_next is { } next && next.Has(places, start, count))
        {
            (_batch, _next) = (next, _batch);
        }
        else
        {
            PrepareStep(_batch, places, start, count, weight);
        }

        _next?.Forget();
    }

    /// <summary>While a device computes a step: prepares the next one and sends it ahead.</summary>
    private void PrepareNext()
    {
        var (places, start) = _upcoming;
        var count = Math.Min(SamplesPerStep, places.Length - start);
        if (count > 0 && count <= _batchSize)
        {
            _next ??= new PreparedBatch(_network.Info, _batchSize);
            PrepareStep(_next, places, start, count, Weight(places, start, count));
            _next.Ticket = _network.SendAhead(count, _next.Batches.Inputs, _next.Batches.Targets, _next.Weights);
        }
    }

    private void PrepareStep(PreparedBatch batch, int[] places, int start, int count, double weight)
    {
        Prepare(batch, places, start, count);
        if (_classWeights is not null)
        {
            Weigh(batch, places, start, count, weight);
        }
    }

    private void Prepare(PreparedBatch batch, int[] places, int start, int count)
    {
        batch.Forget();
        batch.Batches.Fill(_data, places, start, count, Round, _network.Threads);
        batch.Prepare(places, start);
    }

    private double Weight(int[] places, int start, int count)
    {
        if (_classWeights is null)
        {
            return count;
        }

        var sum = 0.0;
        for (var i = start; i < start + count; i++)
        {
            sum += _classWeights[_data.LabelAt(places[i])];
        }

        return sum;
    }

    /// <summary>The weight of each sample in the mean of the step; zero when no sample counts.</summary>
    private void Weigh(PreparedBatch batch, int[] places, int start, int count, double all)
    {
        var weights = batch.Weigh();
        for (var i = 0; i < count; i++)
        {
            var weight = _classWeights is null ? 1 : _classWeights[_data.LabelAt(places[start + i])];
            weights[i] = all > 0 ? (float)(weight / all) : 0;
        }
    }
}
