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
    /// <param name="inputs">Sample after sample; of several inputs, the parts of a sample one after the other.</param>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <exception cref="ArgumentException">
    /// The lengths are no whole and equal numbers of samples, a value is not finite, or a label is no class.
    /// </exception>
    public Dataset(float[] inputs, int[] labels)
        : this(DatasetGuard.Inputs<TInput>(inputs), DatasetGuard.Labels<TTarget>(labels), order: null, pipeline: null) =>
        DatasetGuard.Counts(this, labels.Length);

    /// <summary>Samples with vectors as targets.</summary>
    /// <param name="inputs">Sample after sample; of several inputs, the parts of a sample one after the other.</param>
    /// <param name="targets">Sample after sample.</param>
    /// <exception cref="ArgumentException">The lengths are no whole and equal numbers of samples, or a value is not finite.</exception>
    public Dataset(float[] inputs, float[] targets)
        : this(DatasetGuard.Inputs<TInput>(inputs), DatasetGuard.Vectors<TTarget>(targets), order: null, pipeline: null) =>
        DatasetGuard.Counts(this, targets.Length / TTarget.Length);

    internal Dataset(float[] inputs, Array targets, int[]? order, ImagePipeline? pipeline)
        : base(inputs, TInput.Size, targets, TTarget.Length, order, pipeline)
    {
    }

    /// <summary>
    /// The input of a sample as evaluation sees it, as a batch of one; of several inputs, the parts one after the other.
    /// </summary>
    /// <param name="index">The first sample is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlyBatch<TInput> Input(int index) => Input(index, round: null);

    /// <summary>
    /// The input of a sample as training may see it, changed by random stages, as a batch of one. To look at; <c>Fit</c> draws anew in
    /// each epoch.
    /// </summary>
    /// <param name="index">The first sample is 0.</param>
    /// <param name="seed">With the round and the sample it decides what is seen, on every machine.</param>
    /// <param name="round">Tells several draws of one seed apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlyBatch<TInput> Augmented(int index, int seed, long round = 0) => Input(index, AugmentationRound.Of(seed, round));

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
    /// The samples without the last part, and that part, whose size is rounded down. Shuffle before, unless the samples are in random
    /// order already.
    /// </summary>
    /// <param name="fraction">Which fraction the last part is, at least 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside its range.</exception>
    public (Dataset<TInput, TTarget> First, Dataset<TInput, TTarget> Last) Split(double fraction)
    {
        var last = (int)(Count * Require.Fraction(fraction, nameof(fraction)));
        return (View(Places(0, Count - last)), View(Places(Count - last, last)));
    }

    /// <summary>The samples in an order that depends on the seed alone, the same on every machine.</summary>
    public Dataset<TInput, TTarget> Shuffle(int seed)
    {
        var places = Places(0, Count);
        Shuffling.Shuffle(places, seed, sequence: 0);
        return View(places);
    }

    private ReadOnlyBatch<TInput> Input(int index, AugmentationRound? round)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var place = Place(index);
        var stored = Inputs.AsSpan(place * InputSize, InputSize);
        if (Pipeline is null)
        {
            return stored;
        }

        var input = new float[TInput.Size];
        Pipeline.Apply(stored, input, new float[Pipeline.ScratchFloats], place, round);
        return input;
    }

    private Dataset<TInput, TTarget> View(int[] places) => new(Inputs, Targets, places, Pipeline);
}
