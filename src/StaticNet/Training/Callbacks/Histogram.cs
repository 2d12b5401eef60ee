namespace StaticNet.Execution;

/// <summary>How values are spread: a count for each bucket, which ends at its limit.</summary>
internal sealed record Histogram(
    double Minimum, double Maximum, double Count, double Sum, double SumOfSquares, double[] Limits, double[] Counts)
{
    /// <summary>Buckets of equal width between the least and the largest value; values that are not finite are left out.</summary>
    public static Histogram Of(ReadOnlySpan<float> values, int bins)
    {
        var (least, most, count, sum, squares) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0.0, 0.0);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
                (count, sum, squares) = (count + 1, sum + value, squares + ((double)value * value));
            }
        }

        if (count == 0)
        {
            return new Histogram(0, 0, 0, 0, 0, [0], [0]);
        }

        if (least == most)
        {
            return new Histogram(least, most, count, sum, squares, [most], [count]);
        }

        var counts = new double[bins];
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                counts[Math.Min(bins - 1, (int)((value - least) / (most - least) * bins))]++;
            }
        }

        double[] limits = [.. Enumerable.Range(1, bins).Select(i => i == bins ? most : least + ((most - least) * i / bins))];
        return new Histogram(least, most, count, sum, squares, limits, counts);
    }
}
