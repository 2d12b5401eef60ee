namespace StaticNet.Benchmarks.Compare;

/// <summary>How far two sides' outputs are apart: only sides that compute the same may be timed.</summary>
/// <param name="LargestDifference">max |ours − reference|.</param>
/// <param name="LargestReference">max |reference|.</param>
internal readonly record struct Agreement(double LargestDifference, double LargestReference)
{
    private const double Tolerance = 1e-4;

    public bool Holds => LargestReference > 0 && LargestDifference <= Tolerance * LargestReference;

    public static Agreement Between(ReadOnlySpan<float> ours, ReadOnlySpan<float> reference)
    {
        double difference = 0, largest = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            // Math.Max keeps a NaN, and a NaN fails the comparison above.
            difference = Math.Max(difference, Math.Abs((double)ours[i] - reference[i]));
            largest = Math.Max(largest, Math.Abs((double)reference[i]));
        }

        return new(difference, largest);
    }
}
