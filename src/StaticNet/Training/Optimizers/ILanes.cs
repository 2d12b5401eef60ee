namespace StaticNet.Execution;

/// <summary>
/// The operations of an optimizer on one vector register, so that each update rule is written once and runs at 512, 256 and 128 bits.
/// Every operation treats lanes alike and apart and rounds as IEEE 754 says: an element's value does not depend on the width.
/// </summary>
/// <typeparam name="TVector">A register of floats.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TVector Create(float value);

    /// <summary>The floats from an index on.</summary>
    static abstract TVector Load(ref readonly float origin, nuint index);

    /// <summary>Puts floats at an index.</summary>
    static abstract void Store(TVector value, ref float origin, nuint index);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a·b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>√a.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>a, or zero where it is subnormal.</summary>
    static abstract TVector Flush(TVector a);

    /// <summary>a·scale, but zero where a is zero, whatever the scale.</summary>
    static abstract TVector ScaleNonzero(TVector a, TVector scale);

    /// <summary>The magnitude with the sign of a; zero where a is zero.</summary>
    static abstract TVector Sign(TVector a, TVector magnitude);

    /// <summary>a within ±limit; NaN stays.</summary>
    static abstract TVector Clamp(TVector a, TVector limit);

    /// <summary>Adds |a| of each lane to as many doubles.</summary>
    static abstract void AddMagnitudes(TVector a, ref double sums);

    /// <summary>Adds a² of each lane to as many doubles.</summary>
    static abstract void AddSquares(TVector a, ref double sums);
}
