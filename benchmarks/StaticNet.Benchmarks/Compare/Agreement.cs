namespace StaticNet.Benchmarks.Compare;

/// <summary>How far two sides' outputs are apart: only sides that compute the same may be timed.</summary>
/// <param name="LargestDifference">max |ours − reference|.</param>
/// <param name="LargestReference">max |reference|.</param>
/// <param name="Precision">What our products are computed in; the reference's in float32.</param>
internal readonly record struct Agreement(double LargestDifference, double LargestReference, Precision Precision)
{
    public bool Holds => LargestReference > 0 && LargestDifference <= Tolerance * LargestReference;

    private double Tolerance => Precision switch
    {
        Precision.BFloat16 => 2e-2,
        Precision.TensorFloat32 => 2e-3,
        _ => 1e-4,
    };

    public static Agreement Between(ReadOnlySpan<float> ours, ReadOnlySpan<float> reference, Precision precision = Precision.Float32)
    {
        double difference = 0, largest = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            // Math.Max keeps a NaN, and a NaN fails the comparison above.
            difference = Math.Max(difference, Math.Abs((double)ours[i] - reference[i]));
            largest = Math.Max(largest, Math.Abs((double)reference[i]));
        }

        return new(difference, largest, precision);
    }
}
