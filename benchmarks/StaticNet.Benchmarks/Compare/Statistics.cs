namespace StaticNet.Benchmarks.Compare;

/// <summary>Order statistics, with linear interpolation between neighbours (Hyndman and Fan's type 7).</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Quantile([.. values.Order()], 0.5);

    public static double InterquartileRange(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
