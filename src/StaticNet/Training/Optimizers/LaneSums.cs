namespace StaticNet.Execution;

/// <summary>Sums kept in 16 virtual lanes, so that they come out the same at every vector width.</summary>
internal static class LaneSums
{
    /// <summary>The sum of all lanes, in pairs of halves; the lanes are used up.</summary>
    public static double Fold(Span<double> lanes)
    {
        for (var half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }
}
