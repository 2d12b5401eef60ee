using System.Globalization;
using System.Text;

namespace StaticNet;

/// <summary>
/// How well a network does on a data set. Which metrics there are follows from the loss: those of classes, of yes-or-no outputs, or of
/// real values; the others are NaN, null or empty.
/// </summary>
public sealed class Evaluation
{
    private const int MostClassesShown = 20;

    internal Evaluation(NetworkTask task, long samples, double loss) => (Task, Samples, Loss) = (task, samples, loss);

    /// <summary>What the output means.</summary>
    public NetworkTask Task { get; }

    /// <summary>The number of samples.</summary>
    public long Samples { get; }

    /// <summary>The mean loss, with the penalties of regularisation.</summary>
    public double Loss { get; }

    /// <summary>The fraction of right classes, or of right answers at 0.5 over all outputs.</summary>
    public double Accuracy { get; internal init; } = double.NaN;

    /// <summary>Precision, recall and F1 of each class, or of yes at each output.</summary>
    public IReadOnlyList<ClassScores> Classes { get; internal init; } = [];

    /// <summary>The plain means over <see cref="Classes"/>.</summary>
    public ClassScores Macro => Classes.Count > 0 ? ClassScores.Mean(Classes) : new(double.NaN, double.NaN, double.NaN, 0);

    /// <summary>Scores from the hits and misses of all classes together; with one class a sample, all three are the accuracy.</summary>
    public ClassScores Micro { get; internal init; } = new(double.NaN, double.NaN, double.NaN, 0);

    /// <summary>The macro mean of precision.</summary>
    public double Precision => Macro.Precision;

    /// <summary>The macro mean of recall.</summary>
    public double Recall => Macro.Recall;

    /// <summary>The macro mean of F1.</summary>
    public double F1 => Macro.F1;

    /// <summary>Which classes are taken for which; null unless there is one class, or one answer, a sample.</summary>
    public ConfusionMatrix? ConfusionMatrix { get; internal init; }

    /// <summary>
    /// The area under the ROC curve; of several classes, the plain mean of each against the rest, without those that have no samples or
    /// all.
    /// </summary>
    public double RocAuc { get; internal init; } = double.NaN;

    /// <summary>The mean of |prediction − target| over samples and outputs.</summary>
    public double MeanAbsoluteError { get; internal init; } = double.NaN;

    /// <summary>The root of the mean of (prediction − target)² over samples and outputs.</summary>
    public double RootMeanSquaredError { get; internal init; } = double.NaN;

    /// <summary>
    /// 1 − Σ(prediction − target)² / Σ(target − mean)², the plain mean over outputs; 0 for a constant target that is missed.
    /// </summary>
    public double RSquared { get; internal init; } = double.NaN;

    /// <summary>How many samples had their class in first place, in second, and so on.</summary>
    internal long[] Ranks { get; init; } = [];

    /// <summary>The fraction of samples whose class is among the <paramref name="k"/> most likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1 or more than the number of classes.</exception>
    /// <exception cref="InvalidOperationException">There is not one class a sample.</exception>
    public double TopKAccuracy(int k)
    {
        if (Ranks.Length == 0)
        {
            throw new InvalidOperationException("Top-k accuracy is for networks that tell one of several classes.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Ranks.Length);
        return (double)Ranks[..k].Sum() / Samples;
    }

    /// <summary>The metrics as text; of at most 20 classes, each of them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Samples} samples, loss {Loss:F4}");
        if (Task == NetworkTask.Regression)
        {
            text.Append(
                CultureInfo.InvariantCulture, $", MAE {MeanAbsoluteError:F4}, RMSE {RootMeanSquaredError:F4}, R² {RSquared:F4}");
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $", accuracy {Accuracy:F4}");
        if (Ranks.Length > 5)
        {
            text.Append(CultureInfo.InvariantCulture, $", top-5 {TopKAccuracy(5):F4}");
        }

        text.Append(CultureInfo.InvariantCulture, $", ROC-AUC {RocAuc:F4}\n");
        text.Append(CultureInfo.InvariantCulture, $"{"class",8} {"precision",10} {"recall",10} {"F1",10} {"samples",10}");
        for (var i = 0; Classes.Count <= MostClassesShown && i < Classes.Count; i++)
        {
            Append(i.ToString(CultureInfo.InvariantCulture), Classes[i]);
        }

        Append("macro", Macro);
        Append("micro", Micro);
        return text.ToString();

        void Append(string name, ClassScores scores) => text.Append(
            CultureInfo.InvariantCulture,
            $"\n{name,8} {scores.Precision,10:F4} {scores.Recall,10:F4} {scores.F1,10:F4} {scores.Support,10}");
    }
}
