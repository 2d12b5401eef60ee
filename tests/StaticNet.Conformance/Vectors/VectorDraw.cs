namespace StaticNet.Conformance;

/// <summary>The reproducible draws of <c>making/container.py</c>, so that large given tensors need not be stored.</summary>
/// <remarks>SplitMix64's output function (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014) over
/// seed and index.</remarks>
public static class VectorDraw
{
    /// <summary>Values on [−2^exponent, 2^exponent) in steps of 2^(exponent − 23), each exactly a float.</summary>
    public static float[] Uniform(uint seed, int count, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var values = new float[count];
        for (var index = 0; index < count; index++)
            values[index] = MathF.ScaleB(Bits(seed, index) - (1 << 23), exponent - 23);
        return values;
    }

    private static int Bits(uint seed, int index)
    {
        unchecked
        {
            var z = (((ulong)seed << 32) + (ulong)index + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) >> 40);
        }
    }
}
