using System.Diagnostics.CodeAnalysis;

namespace StaticNet.Execution;

/// <summary>Checks at the boundary that spans hold whole samples and as many as each other.</summary>
internal static class BatchGuard
{
    /// <summary>Checks that an input holds so many samples and does not share memory with the output.</summary>
    /// <exception cref="ArgumentException">It does not, or it does.</exception>
    public static void CheckInput(NetworkInfo info, int ordinal, ReadOnlySpan<float> input, int batch, ReadOnlySpan<float> output)
    {
        var size = info.InputSizes[ordinal];
        if (input.Length != (long)batch * size)
        {
            ThrowCount(info, Samples(info, "input", input.Length, size), batch);
        }

        CheckApart(info, input, output);
    }

    /// <summary>Checks every input as <see cref="CheckInput"/> does.</summary>
    public static void CheckInputs(
        NetworkInfo info,
        ReadOnlySpan<float> input0,
        ReadOnlySpan<float> input1,
        ReadOnlySpan<float> input2,
        ReadOnlySpan<float> input3,
        int batch,
        ReadOnlySpan<float> output)
    {
        for (var i = 0; i < info.InputSizes.Length; i++)
        {
            CheckInput(info, i, i switch { 0 => input0, 1 => input1, 2 => input2, _ => input3 }, batch, output);
        }
    }

    /// <summary>Checks that what is read and what is written do not share memory.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    public static void CheckApart(NetworkInfo info, ReadOnlySpan<float> read, ReadOnlySpan<float> written)
    {
        if (read.Overlaps(written))
        {
            ThrowOverlap(info);
        }
    }

    /// <summary>Checks that there are samples enough to train on.</summary>
    /// <exception cref="ArgumentException">There are some, but too few.</exception>
    public static void CheckTraining(NetworkInfo info, int batch)
    {
        if (batch > 0 && batch < info.MinimumTrainingBatch)
        {
            ThrowFew(info, batch);
        }
    }

    /// <summary>How many samples of so many elements a span holds.</summary>
    /// <exception cref="ArgumentException">It does not hold a whole number of them.</exception>
    public static int Samples(NetworkInfo info, string what, int length, int size)
    {
        var (samples, rest) = Math.DivRem(length, size);
        if (rest != 0)
        {
            ThrowLength(info, what, length, size);
        }

        return samples;
    }

    [DoesNotReturn]
    private static void ThrowLength(NetworkInfo info, string what, int length, int size) => throw new ArgumentException(
        $"{info.Name}: the {what} has {length} elements, which is no whole number of samples: a sample has {size}, and {length} = {length / size} × {size} + {length % size}.");

    [DoesNotReturn]
    private static void ThrowCount(NetworkInfo info, int samples, int batch) => throw new ArgumentException(
        $"{info.Name}: an input has {samples} samples but the others have {batch}. Pass spans with the same number of samples.");

    [DoesNotReturn]
    private static void ThrowFew(NetworkInfo info, int batch) => throw new ArgumentException(
        $"{info.Name}: batch normalisation cannot train on a batch of {batch}: one value has no variance. A batch needs at least {info.MinimumTrainingBatch} samples.");

    [DoesNotReturn]
    private static void ThrowOverlap(NetworkInfo info) => throw new ArgumentException(
        $"{info.Name}: input and output share memory, so one would be overwritten while it is read. Pass separate spans.");
}
