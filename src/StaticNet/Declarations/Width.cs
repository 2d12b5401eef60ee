using System.Diagnostics.CodeAnalysis;

namespace StaticNet;

/// <summary>How many features or channels a layer gives, relative to those it gets: the last axis.</summary>
public enum Width
{
    /// <summary>A quarter; the number it gets must be a multiple of four.</summary>
    Quarter,

    /// <summary>Half; the number it gets must be even.</summary>
    Half,

    /// <summary>As many.</summary>
    Same,

    /// <summary>Twice as many.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Beside Half and Quadruple nobody takes it for a type.")]
    Double,

    /// <summary>Four times as many.</summary>
    Quadruple,
}
