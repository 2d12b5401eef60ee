namespace StaticNet;

/// <summary>
/// The sample of a network with several inputs: the parts one after the other, in the order of the network's <c>[Input]</c>s.
/// Data sets of such networks hold their samples so; <c>Predict</c> takes the parts as batches of their own.
/// </summary>
/// <typeparam name="TA">The first input.</typeparam>
/// <typeparam name="TB">The second input.</typeparam>
public readonly struct Inputs<TA, TB> : IInputs
    where TA : IShape
    where TB : IShape
{
    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    public static int Rank => 1;

    /// <inheritdoc/>
    public static int Size => checked(TA.Size + TB.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => $"{TA.Text} + {TB.Text}";

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => extents[0] = Size;

    /// <inheritdoc/>
    public static void CopySizes(Span<int> sizes) => ((ReadOnlySpan<int>)[TA.Size, TB.Size]).CopyTo(sizes);
}

/// <inheritdoc cref="Inputs{TA, TB}"/>
/// <typeparam name="TA">The first input.</typeparam>
/// <typeparam name="TB">The second input.</typeparam>
/// <typeparam name="TC">The third input.</typeparam>
public readonly struct Inputs<TA, TB, TC> : IInputs
    where TA : IShape
    where TB : IShape
    where TC : IShape
{
    /// <inheritdoc/>
    public static int Count => 3;

    /// <inheritdoc/>
    public static int Rank => 1;

    /// <inheritdoc/>
    public static int Size => checked(TA.Size + TB.Size + TC.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => $"{TA.Text} + {TB.Text} + {TC.Text}";

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => extents[0] = Size;

    /// <inheritdoc/>
    public static void CopySizes(Span<int> sizes) => ((ReadOnlySpan<int>)[TA.Size, TB.Size, TC.Size]).CopyTo(sizes);
}

/// <inheritdoc cref="Inputs{TA, TB}"/>
/// <typeparam name="TA">The first input.</typeparam>
/// <typeparam name="TB">The second input.</typeparam>
/// <typeparam name="TC">The third input.</typeparam>
/// <typeparam name="TD">The fourth input.</typeparam>
public readonly struct Inputs<TA, TB, TC, TD> : IInputs
    where TA : IShape
    where TB : IShape
    where TC : IShape
    where TD : IShape
{
    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static int Rank => 1;

    /// <inheritdoc/>
    public static int Size => checked(TA.Size + TB.Size + TC.Size + TD.Size);

    /// <inheritdoc/>
    public static int Length => Size;

    /// <inheritdoc/>
    public static int Classes => 0;

    /// <inheritdoc/>
    public static string Text => $"{TA.Text} + {TB.Text} + {TC.Text} + {TD.Text}";

    /// <inheritdoc/>
    public static void CopyExtents(Span<int> extents) => extents[0] = Size;

    /// <inheritdoc/>
    public static void CopySizes(Span<int> sizes) => ((ReadOnlySpan<int>)[TA.Size, TB.Size, TC.Size, TD.Size]).CopyTo(sizes);
}
