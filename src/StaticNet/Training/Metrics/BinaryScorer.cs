using StaticNet.Execution;

namespace StaticNet;

/// <summary>Gathers the predictions of independent yes-or-no outputs.</summary>
internal sealed class BinaryScorer(NetworkInfo info) : IScorer
{
    private readonly ConfusionMatrix[] _confusions = [.. Enumerable.Range(0, info.OutputSize).Select(_ => new ConfusionMatrix(2))];
    private readonly RocCurves _curves = new(info.OutputSize);

    public void Add(in PredictedBatch batch)
    {
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var prediction = batch.Prediction(sample);
            var target = batch.Target(sample);
            for (var output = 0; output < prediction.Length; output++)
            {
                var isYes = Predicted.IsYes(target[output]);
                _confusions[output].Add(isYes ? 1 : 0, Predicted.IsYes(prediction[output]) ? 1 : 0);
                _curves.Add(output, prediction[output], isYes);
            }
        }
    }

    public Evaluation Result(double loss) => new(info.Task, _confusions[0].Total, loss)
    {
        Accuracy = _confusions.Average(confusion => (double)confusion.Right / confusion.Total),
        ConfusionMatrix = _confusions is [var only] ? only : null,
        Classes = [.. _confusions.Select(confusion => confusion.Scores(1))],
        Micro = ClassScores.From(_confusions.Sum(c => c[1, 1]), _confusions.Sum(c => c[0, 1]), _confusions.Sum(c => c[1, 0])),
        RocAuc = _curves.MeanArea(),
    };
}
