namespace StaticNet;

/// <summary>
/// The shape of one sample, as a type: a vector here, up to six extents below. <c>Shape&lt;N28, N28, N1&gt;</c> is an image of
/// 28×28×1, height × width × channels. Equal shapes are one type in every assembly.
/// </summary>
/// <remarks>Values of a sample lie one after the other, the last extent fastest.</remarks>
/// <typeparam name="T0">The number of values.</typeparam>
public readonly struct Shape<T0> : IShape
    where T0 : IDimension
{
    /// <inheritdoc/>
    public static int Rank => 1;

    /// <inheritdoc/>
    public static int Size => T0.Size;

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => ShapeText.Of([T0.Size]);

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => ((ReadOnlySpan<int>)[T0.Size]).CopyTo(extents);
}

/// <inheritdoc cref="Shape{T0}"/>
/// <typeparam name="T0">Extent 0, the slowest in memory.</typeparam>
/// <typeparam name="T1">Extent 1, the fastest in memory.</typeparam>
public readonly struct Shape<T0, T1> : IShape
    where T0 : IDimension
    where T1 : IDimension
{
    /// <inheritdoc/>
    public static int Rank => 2;

    /// <inheritdoc/>
    public static int Size => checked(T0.Size * T1.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => ShapeText.Of([T0.Size, T1.Size]);

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => ((ReadOnlySpan<int>)[T0.Size, T1.Size]).CopyTo(extents);
}

/// <inheritdoc cref="Shape{T0}"/>
/// <typeparam name="T0">Extent 0, the slowest in memory.</typeparam>
/// <typeparam name="T1">Extent 1.</typeparam>
/// <typeparam name="T2">Extent 2, the fastest in memory.</typeparam>
public readonly struct Shape<T0, T1, T2> : IShape
    where T0 : IDimension
    where T1 : IDimension
    where T2 : IDimension
{
    /// <inheritdoc/>
    public static int Rank => 3;

    /// <inheritdoc/>
    public static int Size => checked(T0.Size * T1.Size * T2.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => ShapeText.Of([T0.Size, T1.Size, T2.Size]);

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => ((ReadOnlySpan<int>)[T0.Size, T1.Size, T2.Size]).CopyTo(extents);
}

/// <inheritdoc cref="Shape{T0}"/>
/// <typeparam name="T0">Extent 0, the slowest in memory.</typeparam>
/// <typeparam name="T1">Extent 1.</typeparam>
/// <typeparam name="T2">Extent 2.</typeparam>
/// <typeparam name="T3">Extent 3, the fastest in memory.</typeparam>
public readonly struct Shape<T0, T1, T2, T3> : IShape
    where T0 : IDimension
    where T1 : IDimension
    where T2 : IDimension
    where T3 : IDimension
{
    /// <inheritdoc/>
    public static int Rank => 4;

    /// <inheritdoc/>
    public static int Size => checked(T0.Size * T1.Size * T2.Size * T3.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => ShapeText.Of([T0.Size, T1.Size, T2.Size, T3.Size]);

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => ((ReadOnlySpan<int>)[T0.Size, T1.Size, T2.Size, T3.Size]).CopyTo(extents);
}

/// <inheritdoc cref="Shape{T0}"/>
/// <typeparam name="T0">Extent 0, the slowest in memory.</typeparam>
/// <typeparam name="T1">Extent 1.</typeparam>
/// <typeparam name="T2">Extent 2.</typeparam>
/// <typeparam name="T3">Extent 3.</typeparam>
/// <typeparam name="T4">Extent 4, the fastest in memory.</typeparam>
public readonly struct Shape<T0, T1, T2, T3, T4> : IShape
    where T0 : IDimension
    where T1 : IDimension
    where T2 : IDimension
    where T3 : IDimension
    where T4 : IDimension
{
    /// <inheritdoc/>
    public static int Rank => 5;

    /// <inheritdoc/>
    public static int Size => checked(T0.Size * T1.Size * T2.Size * T3.Size * T4.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => ShapeText.Of([T0.Size, T1.Size, T2.Size, T3.Size, T4.Size]);

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => ((ReadOnlySpan<int>)[T0.Size, T1.Size, T2.Size, T3.Size, T4.Size]).CopyTo(extents);
}

/// <inheritdoc cref="Shape{T0}"/>
/// <typeparam name="T0">Extent 0, the slowest in memory.</typeparam>
/// <typeparam name="T1">Extent 1.</typeparam>
/// <typeparam name="T2">Extent 2.</typeparam>
/// <typeparam name="T3">Extent 3.</typeparam>
/// <typeparam name="T4">Extent 4.</typeparam>
/// <typeparam name="T5">Extent 5, the fastest in memory.</typeparam>
public readonly struct Shape<T0, T1, T2, T3, T4, T5> : IShape
    where T0 : IDimension
    where T1 : IDimension
    where T2 : IDimension
    where T3 : IDimension
    where T4 : IDimension
    where T5 : IDimension
{
    /// <inheritdoc/>
    public static int Rank => 6;

    /// <inheritdoc/>
    public static int Size => checked(T0.Size * T1.Size * T2.Size * T3.Size * T4.Size * T5.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => ShapeText.Of([T0.Size, T1.Size, T2.Size, T3.Size, T4.Size, T5.Size]);

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => ((ReadOnlySpan<int>)[T0.Size, T1.Size, T2.Size, T3.Size, T4.Size, T5.Size]).CopyTo(extents);
}
