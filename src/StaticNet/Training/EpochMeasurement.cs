using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// What is measured after each epoch: on the whole validation data, and, since going through the training data again would cost a third
/// of the epoch, on an even sample of that: one in 32, but at least 256.
/// </summary>
internal sealed class EpochMeasurement : IDisposable
{
    private const int LeastSamples = 256;
    private const int SamplingRate = 32;

    private readonly Dataset _training;
    private readonly Dataset? _validation;
    private readonly int[] _trainingPlaces;
    private readonly int[] _validationPlaces;
    private readonly Evaluator _evaluator;
    private readonly RunningMetric _metric;

    public EpochMeasurement(NetworkCore network, Dataset training, Dataset? validation, int batchSize)
    {
        (_training, _validation) = (training, validation);
        var samples = Math.Min(training.Count, Math.Max(LeastSamples, training.Count / SamplingRate));
        _trainingPlaces = [.. Enumerable.Range(0, samples).Select(i => training.Place((int)((long)i * training.Count / samples)))];
        _validationPlaces = new int[validation?.Count ?? 0];
        validation?.CopyPlaces(0, _validationPlaces);
        _evaluator = new Evaluator(network, batchSize);
        _metric = new RunningMetric(network.Info);
    }

    /// <summary>Loss and metric of training, then those of validation.</summary>
    public List<KeyValuePair<string, double>> Measure(double trainingLoss, CancellationToken cancellation)
    {
        var values = new List<KeyValuePair<string, double>> { new("loss", trainingLoss) };
        Run(_training, _trainingPlaces, cancellation);
        values.Add(new(_metric.Name, _metric.Value));
        if (_validation is not null)
        {
            values.Add(new("val_loss", Run(_validation, _validationPlaces, cancellation)));
            values.Add(new("val_" + _metric.Name, _metric.Value));
        }

        return values;
    }

    public void Dispose() => _evaluator.Dispose();

    private double Run(Dataset data, int[] places, CancellationToken cancellation)
    {
        _metric.Reset();
        return _evaluator.Run(data, places, _metric, cancellation);
    }
}
