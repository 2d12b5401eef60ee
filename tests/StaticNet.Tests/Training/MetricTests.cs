using StaticNet.Execution;

namespace StaticNet.Tests.Training;

public class MetricTests
{
    [Fact]
    public void Metrics_of_classes()
    {
        var info = LinearNetwork.Describe(1, 3, classes: true);
        var scorer = new ClassScorer(info);
        float[] predictions =
        [
            0.7f, 0.2f, 0.1f,  0.2f, 0.5f, 0.3f,  0.1f, 0.3f, 0.6f,  0.4f, 0.35f, 0.25f,  0.3f, 0.4f, 0.3f,  0.2f, 0.2f, 0.6f,
        ];
        Add(info, scorer.Add, predictions, [0, 1, 2, 1, 0, 2]);

        var result = scorer.Result(loss: 0.5);

        Assert.Equal((0.5, 6), (result.Loss, result.Samples));
        Assert.Equal(4 / 6.0, result.Accuracy);
        Assert.Equal([1L, 1, 0, 1, 1, 0, 0, 0, 2], Enumerable.Range(0, 9).Select(i => result.ConfusionMatrix![i / 3, i % 3]));
        Assert.Equal([new(0.5, 0.5, 0.5, 2), new(0.5, 0.5, 0.5, 2), new(1, 1, 1, 2)], result.Classes);
        Assert.Equal(new ClassScores(2 / 3.0, 2 / 3.0, 2 / 3.0, 6), result.Macro);
        Assert.Equal(new ClassScores(4 / 6.0, 4 / 6.0, 4 / 6.0, 6), result.Micro);
        Assert.Equal(4 / 6.0, result.TopKAccuracy(1));
        Assert.Equal(1, result.TopKAccuracy(2));

        var areas = Area([0.7f, 0.2f, 0.1f, 0.4f, 0.3f, 0.2f], [0, 4]) + Area([0.2f, 0.5f, 0.3f, 0.35f, 0.4f, 0.2f], [1, 3]) + 1;
        Assert.Equal(areas / 3, result.RocAuc, 1e-12);
        Assert.Contains("accuracy 0.6667", result.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => result.TopKAccuracy(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => result.ConfusionMatrix![0, 3]);
        Assert.True(double.IsNaN(result.RSquared));
    }

    [Fact]
    public void Classes_may_be_given_as_vectors()
    {
        var info = LinearNetwork.Describe(1, 2, classes: false) with { Task = NetworkTask.Classification };
        var scorer = new ClassScorer(info);
        Add(info, scorer.Add, [0.9f, 0.1f, 0.8f, 0.2f], [0.7f, 0.3f, 0, 1]);
        Assert.Equal(0.5, scorer.Result(0).Accuracy);
    }

    [Fact]
    public void Metrics_of_one_answer()
    {
        var info = LinearNetwork.Describe(1, 1, classes: false) with { Task = NetworkTask.BinaryClassification };
        var scorer = new BinaryScorer(info);
        Add(info, scorer.Add, [0.9f, 0.8f, 0.6f, 0.4f, 0.5f, 0.1f], [1f, 1, 0, 1, 0, 0]);

        var result = scorer.Result(0.25);

        // One half is a no.
        Assert.Equal(4 / 6.0, result.Accuracy);
        Assert.Equal([2L, 1, 1, 2], Enumerable.Range(0, 4).Select(i => result.ConfusionMatrix![i / 2, i % 2]));
        Assert.Equal((2 / 3.0, 2 / 3.0, 2 / 3.0), (result.Precision, result.Recall, result.F1));
        Assert.Equal(7 / 9.0, result.RocAuc, 1e-12);
    }

    [Fact]
    public void Metrics_of_several_answers()
    {
        var info = LinearNetwork.Describe(1, 2, classes: false) with { Task = NetworkTask.BinaryClassification };
        var scorer = new BinaryScorer(info);
        Add(info, scorer.Add, [0.9f, 0.2f, 0.8f, 0.7f], [1f, 1, 0, 1]);

        var result = scorer.Result(0);

        Assert.Null(result.ConfusionMatrix);
        Assert.Equal(0.5, result.Accuracy);
        Assert.Equal([ClassScores.From(1, 1, 0), ClassScores.From(1, 0, 1)], result.Classes);
        Assert.Equal(ClassScores.From(2, 1, 1), result.Micro);

        // The second output's answers are all yes: it has no curve.
        Assert.Equal(1, result.RocAuc);
        Assert.Throws<InvalidOperationException>(() => result.TopKAccuracy(1));
    }

    [Fact]
    public void Metrics_of_real_values()
    {
        var info = LinearNetwork.Describe(1, 2, classes: false);
        var scorer = new RegressionScorer(info);
        Add(info, scorer.Add, [2.5f, 1, 0, 2, 2, 3, 8, 4], [3, 1f, -0.5f, 1, 2, 1, 7, 1]);

        var result = scorer.Result(0);

        Assert.Equal(1.0, result.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt((0.25 + 0.25 + 0 + 1 + 0 + 1 + 4 + 9) / 8), result.RootMeanSquaredError, 1e-12);

        // 1 − 1.5 / 29.1875 for the first output; a constant target that is missed gives 0.
        Assert.Equal((1 - (1.5 / 29.1875)) / 2, result.RSquared, 1e-12);
        Assert.Contains("R²", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NetworkTask.Regression, "mae", 0.75)]
    [InlineData(NetworkTask.BinaryClassification, "accuracy", 0.5)]
    [InlineData(NetworkTask.Classification, "accuracy", 0.5)]
    public void Metric_during_training_follows_the_task(NetworkTask task, string name, double value)
    {
        var info = LinearNetwork.Describe(1, 2, classes: false) with { Task = task };
        var metric = new RunningMetric(info);
        Add(info, metric.Add, [2, 0, 1f, 0], [1, 0, 0, 1f]);
        Assert.Equal((name, value), (metric.Name, metric.Value));
        metric.Reset();
        Add(info, metric.Add, [1, 0f], [1, 0f]);
        Assert.Equal(task == NetworkTask.Regression ? 0 : 1, metric.Value);
    }

    [Fact]
    public void NaN_scores_have_no_curve()
    {
        var curves = new RocCurves(1);
        curves.Add(0, float.NaN, true);
        curves.Add(0, 1, false);
        Assert.True(double.IsNaN(curves.MeanArea()));
        Assert.True(double.IsNaN(new RocCurves(2).MeanArea()));
    }

    private delegate void Adder(in PredictedBatch batch);

    private static void Add<T>(NetworkInfo info, Adder add, float[] predictions, T[] targets)
        where T : unmanaged
    {
        var count = predictions.Length / info.OutputSize;
        using var memory = new AlignedMemory(predictions.Length + targets.Length + count);
        predictions.CopyTo(memory.Span);
        var target = memory.Address + (predictions.Length * sizeof(float));
        System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(targets).CopyTo(memory.Span[predictions.Length..]);
        add(new PredictedBatch(info, count, memory.Address, target, target));
    }

    /// <summary>How often a sample of the class beats one that is not, ties counting half.</summary>
    private static double Area(float[] scores, int[] members)
    {
        var wins = 0.0;
        var others = Enumerable.Range(0, scores.Length).Except(members).ToArray();
        foreach (var member in members)
        {
            wins += others.Sum(other => scores[member] > scores[other] ? 1 : scores[member] == scores[other] ? 0.5 : 0);
        }

        return wins / members.Length / others.Length;
    }
}
