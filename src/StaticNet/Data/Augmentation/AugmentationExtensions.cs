namespace StaticNet;

/// <summary>Data sets of images, height × width × channels, that are changed on their way to the network.</summary>
public static class AugmentationExtensions
{
    /// <summary>A data set of the same samples that go through stages on their way to the network. Nothing is copied.</summary>
    /// <param name="data">Images. Where they are their own targets, the targets go through the stages too; other targets stay.</param>
    /// <param name="stages">Adds the stages: <c>images => images.RandomShift(2).RandomHorizontalFlip()</c>.</param>
    /// <exception cref="ArgumentException">The images are their own targets, and would have another size than before.</exception>
    public static Dataset<Shape<TNewHeight, TNewWidth, TChannels>, TTarget> Augment<THeight, TWidth, TChannels, TTarget, TNewHeight, TNewWidth>(
        this Dataset<Shape<THeight, TWidth, TChannels>, TTarget> data,
        Func<Augmentation<THeight, TWidth, TChannels>, Augmentation<TNewHeight, TNewWidth, TChannels>> stages)
        where THeight : IDimension
        where TWidth : IDimension
        where TChannels : IDimension
        where TTarget : ITarget
        where TNewHeight : IDimension
        where TNewWidth : IDimension
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(stages);
        var added = stages(new([])).Stages;
        if (data.IsAutoencoder && Shape<TNewHeight, TNewWidth, TChannels>.Size != TTarget.Length)
        {
            throw new ArgumentException(
                $"The images are their own targets of {TTarget.Text}: crop them first, and then make them {nameof(DatasetExtensions.ToAutoencoder)}.",
                nameof(stages));
        }

        return new(data.Inputs, data.Targets, data.Order, added.Length == 0 ? data.Pipeline : data.Pipeline?.Then(added) ?? new(added));
    }

    /// <summary>
    /// The mean and the standard deviation of each channel over all pixels of all samples, as evaluation sees them, for
    /// <see cref="Augmentation{THeight, TWidth, TChannels}.Normalize"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The data set is empty.</exception>
    public static (double[] Means, double[] Deviations) ChannelStatistics<THeight, TWidth, TChannels, TTarget>(
        this Dataset<Shape<THeight, TWidth, TChannels>, TTarget> data)
        where THeight : IDimension
        where TWidth : IDimension
        where TChannels : IDimension
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
        {
            throw new ArgumentException("A data set without samples has no statistics.", nameof(data));
        }

        var pixels = (double)data.Count * THeight.Size * TWidth.Size;
        var means = ChannelMeans(data, pixels, static (value, _) => value, new double[TChannels.Size]);
        var variances = ChannelMeans(data, pixels, static (value, mean) => (value - mean) * (value - mean), means);
        return (means, Array.ConvertAll(variances, Math.Sqrt));
    }

    private static double[] ChannelMeans<TInput, TTarget>(
        Dataset<TInput, TTarget> data, double pixels, Func<double, double, double> term, double[] offsets)
        where TInput : IShape
        where TTarget : ITarget
    {
        var sums = new double[offsets.Length];
        for (var i = 0; i < data.Count; i++)
        {
            var values = data.Input(i).Values;
            for (var position = 0; position < values.Length; position++)
            {
                var channel = position % sums.Length;
                sums[channel] += term(values[position], offsets[channel]);
            }
        }

        return Array.ConvertAll(sums, sum => sum / pixels);
    }
}
