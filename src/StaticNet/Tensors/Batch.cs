using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace StaticNet;

/// <summary>Samples of one shape in the caller's memory, one after the other, to be written.</summary>
/// <typeparam name="TShape">The shape of a sample.</typeparam>
/// <remarks>Arrays and spans of floats convert to batches where one is asked for. Nothing is copied.</remarks>
public readonly ref struct Batch<TShape>
    where TShape : IShape
{
    /// <summary>Sees <paramref name="values"/> as samples.</summary>
    /// <param name="values">The values of all samples; their number is a multiple of the shape's size.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the shape's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Batch(Span<float> values)
    {
        if (TShape.Size == 0 ? values.Length != 0 : (uint)values.Length % (uint)TShape.Size != 0) ThrowNotWhole(values);
        Values = values;
    }

    /// <summary>The values of all samples.</summary>
    public Span<float> Values { get; }

    /// <summary>Number of samples.</summary>
    public int Count => TShape.Size == 0 ? 0 : (int)((uint)Values.Length / (uint)TShape.Size);

    /// <summary>The values of one sample.</summary>
    /// <param name="sample">Index of the sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Span<float> this[int sample]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sample, (uint)Count, nameof(sample));
            return Values.Slice(sample * TShape.Size, TShape.Size);
        }
    }

    /// <summary>Some of the samples.</summary>
    /// <param name="start">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such samples.</exception>
    public Batch<TShape> Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - start), nameof(count));
        return new(Values.Slice(start * TShape.Size, count * TShape.Size));
    }

    /// <summary>The same values as samples of another shape of equal size.</summary>
    /// <typeparam name="TOther">The other shape.</typeparam>
    /// <exception cref="InvalidOperationException">The shapes differ in size.</exception>
    public Batch<TOther> As<TOther>()
        where TOther : IShape
    {
        if (TOther.Size != TShape.Size) throw new InvalidOperationException(ShapeText.DifferentSizes<TShape, TOther>());
        return new(Values);
    }

    /// <summary>Goes through the values of all samples.</summary>
    public Span<float>.Enumerator GetEnumerator() => Values.GetEnumerator();

    /// <inheritdoc cref="Batch{TShape}(Span{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Batch<TShape>(Span<float> values) => new(values);

    /// <inheritdoc cref="Batch{TShape}(Span{float})"/>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Batch<TShape>(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values.AsSpan());
    }

    /// <summary>What can be written can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator ReadOnlyBatch<TShape>(Batch<TShape> batch) => new(batch.Values);

    [DoesNotReturn]
    private static void ThrowNotWhole(Span<float> values) =>
        throw new ArgumentException(ShapeText.NotWholeSamples<TShape>(values.Length), nameof(values));
}
