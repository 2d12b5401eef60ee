namespace StaticNet.Cuda.Tests;

/// <summary>How far results of a device may be from those of the processor.</summary>
internal static class Agreement
{
    /// <summary>Asserts that the largest difference is within 5·10⁻⁶ of the largest value.</summary>
    public static void Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (scale, worst) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            worst = Math.Max(worst, double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs((double)actual[i] - expected[i]));
        }

        Assert.True(worst <= 5e-6 * scale, $"{what} differ by {worst:G3}, the largest is {scale:G3}");
    }

    /// <summary>Asserts that all values are the same to the last bit.</summary>
    public static void OfBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]) && !(float.IsNaN(expected[i]) && float.IsNaN(actual[i])))
                Assert.Fail($"{what}: element {i} is {actual[i]:R} instead of {expected[i]:R}");
        }
    }
}
