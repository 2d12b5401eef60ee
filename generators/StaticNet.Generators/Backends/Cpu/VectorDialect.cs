namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// A vector width to write kernels for. Kernels differ between widths in types, in how many registers a tile takes and in nothing that
/// would change a result: reductions keep 16 virtual lanes at every width.
/// </summary>
internal sealed class VectorDialect(int bits)
{
    /// <summary>The widths, widest first: AVX-512; AVX2; 128 bits for NEON, SSE and everything else.</summary>
    public static readonly VectorDialect[] All = [new(512), new(256), new(128)];

    public int Bits { get; } = bits;

    /// <summary>Floats in a vector.</summary>
    public int Lanes => Bits / 32;

    /// <summary>Vectors in a block of 16 virtual lanes.</summary>
    public int Parts => 16 / Lanes;

    /// <summary>How many bits tell the floats apart that one instruction permutes: of two vectors of 512 bits, one of 256, four of 128 (NEON).</summary>
    public int PlaceBits => Bits switch { 512 => 5, 256 => 3, _ => 4 };

    /// <summary>The static class of the vector: <c>Vector512</c>.</summary>
    public string Class => $"Vector{Bits}";

    public string Type => $"{Class}<float>";

    /// <summary>The class that holds the kernels of this width.</summary>
    public string Kernels => $"Kernels{Bits}";

    /// <summary>Rows of register tiles, largest first: two vectors a row and 32 or 16 registers in all.</summary>
    public int[] TileRows => Bits == 512 ? [12, 8, 4] : [6, 4];

    /// <summary>
    /// a · b + c. Hardware with vectors of 256 bits has fused multiply-add; the 128-bit form takes it where it is and multiplies, then
    /// adds where it would be a library call.
    /// </summary>
    public string MultiplyAdd(string a, string b, string c) =>
        Bits == 128 ? $"{Class}.MultiplyAddEstimate({a}, {b}, {c})" : $"{Class}.FusedMultiplyAdd({a}, {b}, {c})";

    /// <summary>The lanes of one vector where a mask is set and of another where it is not.</summary>
    public string Select(string mask, string yes, string no) =>
        Bits == 512 ? $"VectorParts.Select({mask}, {yes}, {no})" : $"{Class}.ConditionalSelect({mask}, {yes}, {no})";

    /// <summary>The lanes so many places further up, zeros before them.</summary>
    public string MoveUp(string vector, int places) =>
        $"{Class}.Shuffle({vector}, {Class}.Create({string.Join(", ", Enumerable.Range(-places, Lanes))}))";

    public string Load(string reference, string offset) => $"{Class}.LoadUnsafe(ref {reference}, {offset})";

    public string Broadcast(string scalar) => $"{Class}.Create({scalar})";

    public string Zero => $"{Type}.Zero";
}
