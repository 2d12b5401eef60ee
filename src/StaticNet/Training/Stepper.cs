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
    private readonly Batches _batches;
    private readonly AlignedMemory _weights;

    public Stepper(NetworkCore network, Dataset data, Optimizer optimizer, FitOptions options)
    {
        (_network, _data, _optimizer, _classWeights) = (network, data, optimizer, options.ClassWeights);
        SamplesPerStep = (int)Math.Min(data.Count, (long)options.BatchSize * options.AccumulateSteps);
        _batchSize = Math.Min(options.BatchSize, SamplesPerStep);
        _batches = new Batches(network.Info, _batchSize);
        _weights = new AlignedMemory(_batchSize);
    }

    /// <summary>Samples of a whole step.</summary>
    public int SamplesPerStep { get; }

    /// <summary>Decides what augmentation leaves to chance, sample by sample.</summary>
    public AugmentationRound Round { get; set; }

    /// <summary>A step on the samples at some of the places.</summary>
    /// <returns>Σ weight·loss / Σ weight with penalties, and Σ weight.</returns>
    public (double Loss, double Weight) Step(int[] places, int start, int count)
    {
        var weight = Weight(places, start, count);
        if (count <= _batchSize)
        {
            _batches.Fill(_data, places, start, count, Round, _network.Threads);
            var weights = _classWeights is null ? 0 : Weigh(places, start, count, weight);
            return (_network.TrainStep(count, _batches.Inputs, _batches.Targets, weights, _optimizer), weight);
        }

        var loss = Regularization.Penalty(_network.Info, _network.ParameterAddress);
        for (var done = 0; done < count; done += _batchSize)
        {
            var part = Math.Min(_batchSize, count - done);
            _batches.Fill(_data, places, start + done, part, Round, _network.Threads);
            var weights = Weigh(places, start + done, part, weight);
            loss += _network.AccumulateStep(part, _batches.Inputs, _batches.Targets, weights, first: done == 0);
        }

        _network.Step(_optimizer);
        return (loss, weight);
    }

    public void Dispose()
    {
        _batches.Dispose();
        _weights.Dispose();
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
    private nint Weigh(int[] places, int start, int count, double all)
    {
        var weights = _weights.Span;
        for (var i = 0; i < count; i++)
        {
            var weight = _classWeights is null ? 1 : _classWeights[_data.LabelAt(places[start + i])];
            weights[i] = all > 0 ? (float)(weight / all) : 0;
        }

        return _weights.Address;
    }
}
