using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// The metric that is watched during training: accuracy of classes, of yes-or-no outputs at 0.5, or else the mean absolute error.
/// </summary>
internal sealed class RunningMetric(NetworkInfo info) : IScorer
{
    private double _sum;
    private long _count;

    /// <summary>Its name in <see cref="History"/>.</summary>
    public string Name => info.Task == NetworkTask.Regression ? "mae" : "accuracy";

    /// <summary>Its value over all samples so far.</summary>
    public double Value => _sum / _count;

    public void Reset() => (_sum, _count) = (0, 0);

    /// <summary>Adds a batch of predictions.</summary>
    public void Add(in PredictedBatch batch)
    {
        for (var sample = 0; sample < batch.Count; sample++)
        {
            switch (info.Task)
            {
                case NetworkTask.Classification:
                    _sum += Predicted.Class(batch.Prediction(sample)) == batch.Class(sample) ? 1 : 0;
                    _count++;
                    break;
                case NetworkTask.BinaryClassification:
                    _sum += Predicted.RightAnswers(batch.Prediction(sample), batch.Target(sample));
                    _count += info.OutputSize;
                    break;
                default:
                    _sum += Predicted.AbsoluteError(batch.Prediction(sample), batch.Target(sample));
                    _count += info.OutputSize;
                    break;
            }
        }
    }
}
