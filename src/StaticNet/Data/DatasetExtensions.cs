namespace StaticNet;

/// <summary>Data sets made of others, where the kind of target changes.</summary>
public static class DatasetExtensions
{
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
