namespace StaticNet;

/// <summary>A number as a type: <see cref="N0"/> to <see cref="N999"/>, and <see cref="N{THigh, TLow}"/> for larger ones.</summary>
public interface IDimension
{
    /// <summary>The number.</summary>
    static abstract int Size { get; }
}

/// <summary>
/// A number from 1000 on, as digits in base 1000: <c>N&lt;N4, N96&gt;</c> is 4096, <c>N&lt;N&lt;N1, N0&gt;, N0&gt;</c> a million.
/// </summary>
/// <typeparam name="THigh">The number divided by 1000; not zero, so that every number is one type.</typeparam>
/// <typeparam name="TLow">The remainder, <see cref="N0"/> to <see cref="N999"/>.</typeparam>
public readonly struct N<THigh, TLow> : IDimension
    where THigh : IDimension
    where TLow : IDimension
{
    /// <inheritdoc/>
    public static int Size => checked((THigh.Size * 1000) + TLow.Size);
}
