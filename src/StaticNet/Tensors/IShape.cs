namespace StaticNet;

/// <summary>The shape of one sample of floats, known to the compiler.</summary>
public interface IShape : ITarget
{
    /// <summary>Number of extents.</summary>
    static abstract int Rank { get; }

    /// <summary>Number of floats: the product of the extents.</summary>
    static abstract int Size { get; }

    /// <summary>Writes the <see cref="Rank"/> extents, the slowest first.</summary>
    /// <exception cref="ArgumentException"><paramref name="extents"/> is too short.</exception>
    static abstract void CopyExtents(Span<int> extents);
}

/// <summary>What a loss compares an output with: a shape of real values, or the index of a class.</summary>
public interface ITarget
{
    /// <summary>Number of 4-byte elements a sample: floats, or 32-bit integers if there are classes.</summary>
    static abstract int Length { get; }

    /// <summary>Number of classes; 0 for real values.</summary>
    static abstract int Classes { get; }

    /// <summary>How messages name it, as "28×28×1".</summary>
    static abstract string Text { get; }
}

/// <summary>The sample of a network with several inputs.</summary>
public interface IInputs : IShape
{
    /// <summary>Number of inputs.</summary>
    static abstract int Count { get; }

    /// <summary>Writes the size of each of the <see cref="Count"/> inputs.</summary>
    /// <exception cref="ArgumentException"><paramref name="sizes"/> is too short.</exception>
    static abstract void CopySizes(Span<int> sizes);
}
