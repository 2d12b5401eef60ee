using StaticNet.Execution;

namespace StaticNet;

/// <summary>Gathers the predictions of real values.</summary>
internal sealed class RegressionScorer(NetworkInfo info) : IScorer
{
    private readonly double[] _squaredErrors = new double[info.OutputSize];
    private readonly double[] _means = new double[info.OutputSize];
    private readonly double[] _deviations = new double[info.OutputSize];
    private double _absoluteErrors;
    private long _count;

    public void Add(in PredictedBatch batch)
    {
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var prediction = batch.Prediction(sample);
            var target = batch.Target(sample);
            _absoluteErrors += Predicted.AbsoluteError(prediction, target);
            _count++;
            for (var i = 0; i < prediction.Length; i++)
            {
                var error = (double)prediction[i] - target[i];
                _squaredErrors[i] += error * error;

                // Welford's update of mean and squared deviations, which does not cancel.
                var before = target[i] - _means[i];
                _means[i] += before / _count;
                _deviations[i] += before * (target[i] - _means[i]);
            }
        }
    }

    public Evaluation Result(double loss) => new(info.Task, _count, loss)
    {
        MeanAbsoluteError = _absoluteErrors / (_count * info.OutputSize),
        RootMeanSquaredError = Math.Sqrt(_squaredErrors.Sum() / (_count * info.OutputSize)),
        RSquared = _squaredErrors.Zip(_deviations, RSquared).Average(),
    };

    private static double RSquared(double squaredError, double deviation) =>
        deviation > 0 ? 1 - (squaredError / deviation) : squaredError == 0 ? 1 : 0;
}
