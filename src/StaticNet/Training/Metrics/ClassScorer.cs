using StaticNet.Execution;

namespace StaticNet;

/// <summary>Gathers the predictions of one of several classes.</summary>
internal sealed class ClassScorer(NetworkInfo info) : IScorer
{
    private readonly ConfusionMatrix _confusion = new(info.OutputSize);
    private readonly long[] _ranks = new long[info.OutputSize];
    private readonly RocCurves _curves = new(info.OutputSize);

    public void Add(in PredictedBatch batch)
    {
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var prediction = batch.Prediction(sample);
            var actual = batch.Class(sample);
            _confusion.Add(actual, Predicted.Class(prediction));
            _ranks[Rank(prediction, actual)]++;
            for (var output = 0; output < prediction.Length; output++)
            {
                _curves.Add(output, prediction[output], output == actual);
            }
        }
    }

    public Evaluation Result(double loss) => new(info.Task, _confusion.Total, loss)
    {
        Accuracy = (double)_confusion.Right / _confusion.Total,
        ConfusionMatrix = _confusion,
        Classes = [.. Enumerable.Range(0, info.OutputSize).Select(_confusion.Scores)],
        Micro = ClassScores.From(_confusion.Right, _confusion.Total - _confusion.Right, _confusion.Total - _confusion.Right),
        RocAuc = _curves.MeanArea(),
        Ranks = _ranks,
    };

    /// <summary>How many classes got more than the right one, or as much and stand before it.</summary>
    private static int Rank(ReadOnlySpan<float> prediction, int actual)
    {
        var rank = 0;
        for (var i = 0; i < prediction.Length; i++)
        {
            rank += prediction[i] > prediction[actual] || (prediction[i] == prediction[actual] && i < actual) ? 1 : 0;
        }

        return rank;
    }
}
