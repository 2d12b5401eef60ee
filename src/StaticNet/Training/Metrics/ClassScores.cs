namespace StaticNet;

/// <summary>How well one class was told from the others.</summary>
/// <param name="Precision">Of the samples said to be of the class, the fraction that are; 0 when none was.</param>
/// <param name="Recall">Of the samples of the class, the fraction that were found; 0 when there are none.</param>
/// <param name="F1">The harmonic mean of both; 0 when both are.</param>
/// <param name="Support">Samples of the class.</param>
public readonly record struct ClassScores(double Precision, double Recall, double F1, long Support)
{
    /// <summary>The scores from counts of right hits, false hits and misses.</summary>
    internal static ClassScores From(long hits, long falseHits, long misses)
    {
        var precision = Ratio(hits, hits + falseHits);
        var recall = Ratio(hits, hits + misses);
        return new ClassScores(precision, recall, Ratio(2 * hits, (2 * hits) + falseHits + misses), hits + misses);
    }

    /// <summary>The plain mean over classes.</summary>
    internal static ClassScores Mean(IReadOnlyCollection<ClassScores> classes) => new(
        classes.Average(scores => scores.Precision),
        classes.Average(scores => scores.Recall),
        classes.Average(scores => scores.F1),
        classes.Sum(scores => scores.Support));

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
