namespace StaticNet;

/// <summary>What data sets with certain kinds of targets can do; most give a data set with another kind.</summary>
public static class DatasetExtensions
{
    /// <summary>The class of a sample, from 0.</summary>
    /// <param name="data">Samples of classes.</param>
    /// <param name="index">The first sample is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public static int Label<TInput, TClasses>(this Dataset<TInput, ClassIndex<TClasses>> data, int index)
        where TInput : IShape
        where TClasses : IDimension
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)data.Count, nameof(index));
        return data.LabelAt(data.Place(index));
    }

    /// <summary>Classes as vectors that are one at the class and zero elsewhere.</summary>
    public static Dataset<TInput, Shape<TClasses>> OneHot<TInput, TClasses>(this Dataset<TInput, ClassIndex<TClasses>> data)
        where TInput : IShape
        where TClasses : IDimension
    {
        ArgumentNullException.ThrowIfNull(data);
        var labels = (int[])data.Targets;
        var targets = new float[(long)labels.Length * TClasses.Size];
        for (var i = 0; i < labels.Length; i++)
        {
            targets[(i * TClasses.Size) + labels[i]] = 1;
        }

        return new(data.Inputs, targets, data.Order, data.Pipeline);
    }

    /// <summary>The inputs as their own targets, for auto-encoders.</summary>
    public static Dataset<TInput, TInput> ToAutoencoder<TInput, TTarget>(this Dataset<TInput, TTarget> data)
        where TInput : IShape
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Inputs, data.Inputs, data.Order, data.Pipeline);
    }
}
