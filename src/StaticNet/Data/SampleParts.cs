namespace StaticNet;

/// <summary>Samples of several inputs, each sample's parts one after the other.</summary>
internal static class SampleParts
{
    /// <summary>Brings the parts of each sample together.</summary>
    public static float[] Join<TInputs>(float[][] parts)
        where TInputs : IInputs
    {
        ArgumentNullException.ThrowIfNull(parts);
        var sizes = new int[TInputs.Count];
        TInputs.CopySizes(sizes);
        var samples = Samples(parts, sizes);
        var joined = new float[(long)samples * TInputs.Size];
        var position = 0;
        for (var sample = 0; sample < samples; sample++)
        {
            for (var part = 0; part < sizes.Length; part++)
            {
                parts[part].AsSpan(sample * sizes[part], sizes[part]).CopyTo(joined.AsSpan(position));
                position += sizes[part];
            }
        }

        return joined;
    }

    private static int Samples(float[][] parts, int[] sizes)
    {
        if (parts.Length != sizes.Length)
        {
            throw new ArgumentException(
                $"The network has {sizes.Length} inputs, so give {sizes.Length} arrays instead of {parts.Length}.", nameof(parts));
        }

        var samples = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(parts[i], nameof(parts));
            DatasetGuard.Whole(parts[i].Length, sizes[i], $"sample of input {i + 1}", nameof(parts));
            if (i > 0 && parts[i].Length / sizes[i] != samples)
            {
                throw new ArgumentException(
                    $"The first input has {samples} samples but input {i + 1} has {parts[i].Length / sizes[i]}.", nameof(parts));
            }

            samples = parts[i].Length / sizes[i];
        }

        return samples;
    }
}
