namespace StaticNet;

/// <summary>What the prediction for one sample says.</summary>
internal static class Predicted
{
    /// <summary>Where a vector is largest; the first place of equals.</summary>
    public static int Class(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>At how many outputs prediction and target are on the same side of one half.</summary>
    public static int RightAnswers(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        var right = 0;
        for (var i = 0; i < prediction.Length; i++)
        {
            right += IsYes(prediction[i]) == IsYes(target[i]) ? 1 : 0;
        }

        return right;
    }

    /// <summary>Whether a probability says yes.</summary>
    public static bool IsYes(float probability) => probability > 0.5f;

    /// <summary>Σ|prediction − target|.</summary>
    public static double AbsoluteError(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        var sum = 0.0;
        for (var i = 0; i < prediction.Length; i++)
        {
            sum += Math.Abs(prediction[i] - target[i]);
        }

        return sum;
    }
}
