using StaticNet.Execution;

namespace StaticNet;

/// <summary>Samples with their targets, in memory, of the shapes that a network takes.</summary>
/// <remarks>
/// Arrays are kept, not copied: do not change them. <see cref="Take"/>, <see cref="Split"/> and <see cref="Shuffle"/> give new views of
/// the same arrays.
/// </remarks>
/// <typeparam name="TInput">The shape of a sample; <c>Inputs&lt;…&gt;</c> for several inputs.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <c>ClassIndex&lt;…&gt;</c> or a shape.</typeparam>
public sealed class Dataset<TInput, TTarget> : Dataset
    where TInput : IShape
    where TTarget : ITarget
{
    /// <summary>Samples of classes.</summary>
    /// <param name="inputs">Sample after sample.</param>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <exception cref="ArgumentException">
    /// The lengths are no whole and equal numbers of samples, a value is not finite, or a label is no class.
    /// </exception>
    public Dataset(float[] inputs, int[] labels)
        : this([inputs], labels)
    {
    }

    /// <summary>Samples with vectors as targets.</summary>
    /// <param name="inputs">Sample after sample.</param>
    /// <param name="targets">Sample after sample.</param>
    /// <exception cref="ArgumentException">The lengths are no whole and equal numbers of samples, or a value is not finite.</exception>
    public Dataset(float[] inputs, float[] targets)
        : this([inputs], targets)
    {
    }

    /// <summary>Samples of several inputs, with classes.</summary>
    /// <param name="inputs">For each input an array, sample after sample.</param>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <exception cref="ArgumentException">
    /// The lengths are no whole and equal numbers of samples, a value is not finite, or a label is no class.
    /// </exception>
    public Dataset(float[][] inputs, int[] labels)
        : this(DatasetGuard.Inputs<TInput>(inputs), DatasetGuard.Labels<TTarget>(labels), order: null) =>
        DatasetGuard.Counts(this, labels.Length);

    /// <summary>Samples of several inputs, with vectors as targets.</summary>
    /// <param name="inputs">For each input an array, sample after sample.</param>
    /// <param name="targets">Sample after sample.</param>
    /// <exception cref="ArgumentException">The lengths are no whole and equal numbers of samples, or a value is not finite.</exception>
    public Dataset(float[][] inputs, float[] targets)
        : this(DatasetGuard.Inputs<TInput>(inputs), DatasetGuard.Vectors<TTarget>(targets), order: null) =>
        DatasetGuard.Counts(this, targets.Length / TTarget.Size);

    internal Dataset(float[][] inputs, Array targets, int[]? order)
        : base(inputs, SampleShape.InputSizes<TInput>(), targets, TTarget.Size, order)
    {
    }

    /// <summary>The first samples.</summary>
    /// <param name="count">At most the number there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than there are.</exception>
    public Dataset<TInput, TTarget> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return View(Places(0, count));
    }

    /// <summary>
    /// The samples without the last part, and that part; its size is rounded down. Shuffle before, unless the samples are in random
    /// order already.
    /// </summary>
    /// <param name="fraction">Which fraction the last part is, at least 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside its range.</exception>
    public (Dataset<TInput, TTarget> First, Dataset<TInput, TTarget> Rest) Split(double fraction)
    {
        var rest = (int)(Count * Require.Fraction(fraction, nameof(fraction)));
        return (View(Places(0, Count - rest)), View(Places(Count - rest, rest)));
    }

    /// <summary>The samples in an order that depends on the seed alone, the same on every machine.</summary>
    public Dataset<TInput, TTarget> Shuffle(int seed) => View(ShuffledPlaces(seed));

    private Dataset<TInput, TTarget> View(int[] places) => new(Inputs, Targets, places);
}
