using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace StaticNet;

/// <summary>Samples of one shape in the caller's memory, one after the other, to be read.</summary>
/// <typeparam name="TShape">The shape of a sample.</typeparam>
/// <remarks>
/// Arrays and spans of floats convert to batches where one is asked for, and so do collection expressions:
/// <c>net.Predict([0f, 1f], output)</c>. Nothing is copied.
/// </remarks>
[CollectionBuilder(typeof(ReadOnlyBatch), nameof(ReadOnlyBatch.Create))]
public readonly ref struct ReadOnlyBatch<TShape>
    where TShape : IShape
{
    /// <summary>Sees <paramref name="values"/> as samples.</summary>
    /// <param name="values">The values of all samples; their number is a multiple of the shape's size.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the shape's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlyBatch(ReadOnlySpan<float> values)
    {
        // The size is a constant to the JIT: the division is a multiplication, the test for zero is not there.
        if (TShape.Size == 0 ? values.Length != 0 : (uint)values.Length % (uint)TShape.Size != 0) ThrowNotWhole(values);
        Values = values;
    }

    /// <summary>The values of all samples.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Number of samples.</summary>
    public int Count => TShape.Size == 0 ? 0 : (int)((uint)Values.Length / (uint)TShape.Size);

    /// <summary>The values of one sample.</summary>
    /// <param name="sample">Index of the sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> this[int sample]
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
    public ReadOnlyBatch<TShape> Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - start), nameof(count));
        return new(Values.Slice(start * TShape.Size, count * TShape.Size));
    }

    /// <summary>The same values as samples of another shape of equal size.</summary>
    /// <typeparam name="TOther">The other shape.</typeparam>
    /// <exception cref="InvalidOperationException">The shapes differ in size.</exception>
    public ReadOnlyBatch<TOther> As<TOther>()
        where TOther : IShape
    {
        if (TOther.Size != TShape.Size) throw new InvalidOperationException(ShapeText.DifferentSizes<TShape, TOther>());
        return new(Values);
    }

    /// <summary>Goes through the values of all samples.</summary>
    public ReadOnlySpan<float>.Enumerator GetEnumerator() => Values.GetEnumerator();

    /// <inheritdoc cref="ReadOnlyBatch{TShape}(ReadOnlySpan{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator ReadOnlyBatch<TShape>(ReadOnlySpan<float> values) => new(values);

    /// <inheritdoc cref="ReadOnlyBatch{TShape}(ReadOnlySpan{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator ReadOnlyBatch<TShape>(Span<float> values) => new(values);

    /// <inheritdoc cref="ReadOnlyBatch{TShape}(ReadOnlySpan{float})"/>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator ReadOnlyBatch<TShape>(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values.AsSpan());
    }

    [DoesNotReturn]
    private static void ThrowNotWhole(ReadOnlySpan<float> values) =>
        throw new ArgumentException(ShapeText.NotWholeSamples<TShape>(values.Length), nameof(values));
}

/// <summary>What the compiler makes collection expressions of batches with.</summary>
public static class ReadOnlyBatch
{
    /// <inheritdoc cref="ReadOnlyBatch{TShape}(ReadOnlySpan{float})"/>
    public static ReadOnlyBatch<TShape> Create<TShape>(ReadOnlySpan<float> values)
        where TShape : IShape => new(values);
}
