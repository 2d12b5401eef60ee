using StaticNet.Execution;

namespace StaticNet;

/// <summary>Samples with their targets, in memory. Made as <see cref="Dataset{TInput, TTarget}"/>.</summary>
public abstract class Dataset
{
    private protected Dataset(float[] inputs, int inputSize, Array targets, int targetLength, int[]? order, ImagePipeline? pipeline)
    {
        (Inputs, Targets, TargetLength, Order, Pipeline) = (inputs, targets, targetLength, order, pipeline);
        InputSize = pipeline?.From.Length ?? inputSize;
        Count = order?.Length ?? inputs.Length / InputSize;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The inputs, sample after sample.</summary>
    internal float[] Inputs { get; }

    /// <summary>Floats a stored sample of <see cref="Inputs"/>, all parts together.</summary>
    internal int InputSize { get; }

    /// <summary>Class indices (<c>int[]</c>) or vectors (<c>float[]</c>), sample after sample.</summary>
    internal Array Targets { get; }

    /// <summary>Elements a sample of <see cref="Targets"/>.</summary>
    internal int TargetLength { get; }

    /// <summary>What happens to inputs on their way to the network; null for nothing.</summary>
    internal ImagePipeline? Pipeline { get; }

    /// <summary>Whether the inputs are their own targets.</summary>
    internal bool IsAutoencoder => ReferenceEquals(Inputs, Targets);

    /// <summary>Where each sample of this data set is stored; null when all are, in order.</summary>
    internal int[]? Order { get; }

    /// <summary>A data set for auto-encoders: each sample is its own target.</summary>
    /// <param name="inputs">Sample after sample; kept, not copied.</param>
    /// <exception cref="ArgumentException">No whole number of samples, or a value that is not finite.</exception>
    public static Dataset<TInput, TInput> Autoencoder<TInput>(float[] inputs)
        where TInput : IShape => new(inputs, inputs);

    /// <summary>A data set for a network with several inputs, from an array for each, with classes.</summary>
    /// <param name="parts">For each input its values, sample after sample; copied.</param>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <exception cref="ArgumentException">
    /// The lengths are no whole and equal numbers of samples, a value is not finite, or a label is no class.
    /// </exception>
    public static Dataset<TInputs, TTarget> FromParts<TInputs, TTarget>(float[][] parts, int[] labels)
        where TInputs : IInputs
        where TTarget : ITarget => new(SampleParts.Join<TInputs>(parts), labels);

    /// <summary>A data set for a network with several inputs, from an array for each, with vectors as targets.</summary>
    /// <param name="parts">For each input its values, sample after sample; copied.</param>
    /// <param name="targets">Sample after sample.</param>
    /// <exception cref="ArgumentException">The lengths are no whole and equal numbers of samples, or a value is not finite.</exception>
    public static Dataset<TInputs, TTarget> FromParts<TInputs, TTarget>(float[][] parts, float[] targets)
        where TInputs : IInputs
        where TTarget : ITarget => new(SampleParts.Join<TInputs>(parts), targets);

    /// <summary>Where a sample is stored.</summary>
    internal int Place(int index) => Order is null ? index : Order[index];

    /// <summary>The class of a stored sample.</summary>
    internal int LabelAt(int place) => ((int[])Targets)[place];

    /// <summary>Writes where the samples from <paramref name="start"/> on are stored.</summary>
    internal void CopyPlaces(int start, Span<int> places)
    {
        if (Order is not null)
        {
            Order.AsSpan(start, places.Length).CopyTo(places);
            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] = start + i;
        }
    }

    private protected int[] Places(int start, int count)
    {
        var places = new int[count];
        CopyPlaces(start, places);
        return places;
    }
}
