namespace StaticNet;

/// <summary>
/// A linear change of each value of a sample, x ← (x − offset)·factor: fitted to training data, then applied to whatever the network
/// sees.
/// </summary>
public sealed class FeatureScaling
{
    private readonly float[] _offsets;
    private readonly float[] _factors;

    private FeatureScaling(float[] offsets, float[] factors) => (_offsets, _factors) = (offsets, factors);

    /// <summary>What is subtracted, for each value of a sample.</summary>
    public ReadOnlySpan<float> Offsets => _offsets;

    /// <summary>What the difference is multiplied by, for each value of a sample.</summary>
    public ReadOnlySpan<float> Factors => _factors;

    /// <summary>Brings each value to mean 0 and variance 1 over the data; constant values to 0.</summary>
    /// <exception cref="ArgumentException">The data set is empty, or augmented.</exception>
    public static FeatureScaling Standardize(Dataset data)
    {
        RequireSamples(data);
        var size = data.InputSize;
        var sums = new double[size];
        ForEach(data, (values, first) =>
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += values[first + i];
            }
        });

        var means = Array.ConvertAll(sums, sum => sum / data.Count);
        var squares = new double[size];
        ForEach(data, (values, first) =>
        {
            for (var i = 0; i < squares.Length; i++)
            {
                var deviation = values[first + i] - means[i];
                squares[i] += deviation * deviation;
            }
        });

        return new FeatureScaling(
            Array.ConvertAll(means, mean => (float)mean), Array.ConvertAll(squares, square => Inverse(Math.Sqrt(square / data.Count))));
    }

    /// <summary>Brings each value's range over the data to [0, 1]; constant values to 0.</summary>
    /// <exception cref="ArgumentException">The data set is empty, or augmented.</exception>
    public static FeatureScaling MinMax(Dataset data)
    {
        RequireSamples(data);
        var least = new float[data.InputSize];
        var most = new float[data.InputSize];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(most, float.NegativeInfinity);
        ForEach(data, (values, first) =>
        {
            for (var i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], values[first + i]);
                most[i] = Math.Max(most[i], values[first + i]);
            }
        });

        return new FeatureScaling(least, [.. most.Zip(least, (high, low) => Inverse((double)high - low))]);
    }

    /// <summary>A data set of changed copies of the samples.</summary>
    /// <exception cref="ArgumentException">Samples have another size than those this was fitted to, or are augmented.</exception>
    public Dataset<TInput, TTarget> Apply<TInput, TTarget>(Dataset<TInput, TTarget> data)
        where TInput : IShape
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireStored(data);
        var inputs = (float[])data.Inputs.Clone();
        Apply(inputs);
        return new(inputs, data.Targets, data.Order, pipeline: null);
    }

    /// <summary>Changes samples in place.</summary>
    /// <param name="samples">Sample after sample.</param>
    /// <exception cref="ArgumentException">No whole number of samples of the size this was fitted to.</exception>
    public void Apply(Span<float> samples)
    {
        DatasetGuard.Whole(samples.Length, _offsets.Length, "sample that the scaling was fitted to", nameof(samples));
        for (; samples.Length > 0; samples = samples[_offsets.Length..])
        {
            for (var i = 0; i < _offsets.Length; i++)
            {
                samples[i] = (samples[i] - _offsets[i]) * _factors[i];
            }
        }
    }

    // Where a spread is zero, or so small that its inverse is no float, values are constant but for rounding.
    private static float Inverse(double spread) => float.IsFinite((float)(1 / spread)) ? (float)(1 / spread) : 1;

    private static void RequireSamples(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
        {
            throw new ArgumentException("A scaling cannot be fitted to a data set without samples.", nameof(data));
        }

        RequireStored(data);
    }

    // What augmentation makes of a sample is not stored, and so can neither be measured nor changed here.
    private static void RequireStored(Dataset data)
    {
        if (data.Pipeline is not null)
        {
            throw new ArgumentException("Scale the samples before they are augmented.", nameof(data));
        }
    }

    private static void ForEach(Dataset data, Action<float[], int> visit)
    {
        for (var i = 0; i < data.Count; i++)
        {
            visit(data.Inputs, data.Place(i) * data.InputSize);
        }
    }
}
