using System.Numerics;

namespace StaticNet;

/// <summary>Checks of the arrays of a data set; each gives them back.</summary>
internal static class DatasetGuard
{
    public static float[] Inputs<TInput>(float[] inputs)
        where TInput : IShape
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Whole(inputs.Length, TInput.Size, $"sample of {TInput.Text}", nameof(inputs));
        Finite(inputs, TInput.Size, "input", nameof(inputs));
        return inputs;
    }

    public static Array Labels<TTarget>(int[] labels)
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (TTarget.Classes == 0)
        {
            throw new ArgumentException(
                $"The network compares with vectors of {TTarget.Length} numbers, not with class indices.", nameof(labels));
        }

        var wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, TTarget.Classes - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels),
                labels[wrong],
                $"The label of sample {wrong} is {labels[wrong]}, but classes are 0 to {TTarget.Classes - 1}.");
        }

        return labels;
    }

    public static Array Vectors<TTarget>(float[] targets)
        where TTarget : ITarget
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (TTarget.Classes > 0)
        {
            throw new ArgumentException(
                $"The network compares with class indices from 0 to {TTarget.Classes - 1}: give them as int[].", nameof(targets));
        }

        Whole(targets.Length, TTarget.Length, $"target of {TTarget.Text}", nameof(targets));
        Finite(targets, TTarget.Length, "target", nameof(targets));
        return targets;
    }

    public static void Counts(Dataset data, int targets)
    {
        if (data.Count != targets)
        {
            throw new ArgumentException($"There are {data.Count} inputs but {targets} targets.");
        }
    }

    public static void Whole(int length, int size, string what, string parameter)
    {
        if (size == 0 || length % size != 0)
        {
            var division = size == 0 ? "" : $", and {length} = {length / size} × {size} + {length % size}";
            throw new ArgumentException($"{length} numbers are no whole number of samples: each {what} has {size}{division}.", parameter);
        }
    }

    private static void Finite(float[] values, int size, string what, string parameter)
    {
        var wrong = IndexOfNotFinite(values);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The {what} of sample {wrong / size} has {values[wrong]} at position {wrong % size}; values must be finite."),
                parameter);
        }
    }

    private static int IndexOfNotFinite(float[] values)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // x − x is 0 for a finite number and NaN for all others.
            var x = new Vector<float>(values, i);
            if (!Vector.EqualsAll(x - x, Vector<float>.Zero))
            {
                break;
            }
        }

        while (i < values.Length && float.IsFinite(values[i]))
        {
            i++;
        }

        return i < values.Length ? i : -1;
    }
}
