using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>The methods that transform tiles and weights: the same ones for all shapes.</summary>
internal static class WinogradKernels
{
    private const int Size = WinogradTiles.SourceSize;

    /// <summary>Adds <c>Bᵀ · d · B</c> of a tile d.</summary>
    public static string AddTileTransform(this KernelLibrary library) => library.AddPart(
        "TilePoints",
        "the 36 points of 6×6 places, for all channels: Bᵀ · d · B, first down, then across",
        (writer, dialect) => WriteTransform(
            writer, dialect, "ref float image, nuint line, nuint place, ref float points, nuint point, nuint channels, ref float between",
            () => WritePoints(writer, dialect, WinogradTransform.Image, "image")));

    /// <summary>Adds <c>Aᵀ · m · A</c> of 36 points m.</summary>
    public static string AddMapTransform(this KernelLibrary library) => library.AddPart(
        "TilePlaces",
        "4×4 places of 36 points, or as many as the map has, for all channels: Aᵀ · m · A, first down, then across",
        (writer, dialect) => WriteTransform(
            writer, dialect, "ref float points, nuint point, ref float map, nuint line, nuint place, nint down, nint across, nuint channels, ref float between",
            () =>
            {
                using (writer.Braces($"for (nuint column = 0; column < {Size}; column++)"))
                {
                    writer.Line("ref var x = ref Unsafe.Add(ref points, channel + (column * point));");
                    Load(writer, dialect, Size, i => ("x", $"{i * Size} * point"));
                    WinogradTransform.Map.WriteTransposed(writer, dialect);
                    Store(writer, WinogradTiles.Size, i => $"ref between, (column + {i * Size}) * {dialect.Lanes}");
                }

                using (writer.Braces("for (nint row = 0; row < down; row++)"))
                {
                    Load(writer, dialect, Size, i => ("between", $"(nuint)((row * {Size}) + {i}) * {dialect.Lanes}"));
                    WinogradTransform.Map.WriteTransposed(writer, dialect);
                    writer.Line("ref var y = ref Unsafe.Add(ref map, channel + ((nuint)row * line));");
                    writer.Line("y0.StoreUnsafe(ref y);");
                    for (var i = 1; i < WinogradTiles.Size; i++)
                    {
                        using (writer.Braces($"if (across > {i})"))
                        {
                            writer.Line($"y{i}.StoreUnsafe(ref y, {i} * place);");
                        }
                    }
                }
            }));

    /// <summary>Adds <c>G · w · Gᵀ</c> of the weights w of a panel.</summary>
    public static string AddWeightTransform(this KernelLibrary library) => library.Add(
        "WeightPoints",
        "the 36 points of 3×3 weights: G · w · Gᵀ, first down, then across",
        "nint weightsAddress, nuint cell, nint pointsAddress, nuint point",
        (writer, dialect) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}(nint weightsAddress, nuint cell, nint pointsAddress, nuint point)"))
            using (writer.Braces($"for (nuint at = 0; at < cell; at += {dialect.Lanes})"))
            {
                writer.Line("ref var points = ref Unsafe.Add(ref Address.ToRef(pointsAddress), at);");
                using (writer.Braces("for (nuint column = 0; column < 3; column++)"))
                {
                    writer.Line("ref var x = ref Unsafe.Add(ref Address.ToRef(weightsAddress), at + (column * cell));");
                    Load(writer, dialect, 3, i => ("x", $"{i * 3} * cell"));
                    WinogradTransform.Weights.Write(writer, dialect);
                    writer.Line("ref var y = ref Unsafe.Add(ref points, column * point);");
                    Store(writer, Size, i => $"ref y, {i * Size} * point");
                }

                using (writer.Braces($"for (nuint row = 0; row < {Size}; row++)"))
                {
                    writer.Line($"ref var y = ref Unsafe.Add(ref points, row * {Size} * point);");
                    Load(writer, dialect, 3, i => ("y", $"{i} * point"));
                    WinogradTransform.Weights.Write(writer, dialect);
                    Store(writer, Size, i => $"ref y, {i} * point");
                }
            }
        });

    /// <summary>Adds <c>A · d · Aᵀ</c> of a tile d of the gradient of a map.</summary>
    public static string AddMapGradientTransform(this KernelLibrary library) => library.AddPart(
        "MapPoints",
        "the 36 points of 4×4 places, for all channels: A · d · Aᵀ, first down, then across",
        (writer, dialect) => WriteTransform(
            writer, dialect, "ref float map, nuint line, nuint place, ref float points, nuint point, nuint channels, ref float between",
            () => WritePoints(writer, dialect, WinogradTransform.Map, "map")));

    /// <summary>Adds <c>Gᵀ · g · G</c> of the gradient g of transformed weights.</summary>
    public static string AddWeightGradient(this KernelLibrary library) => library.Add(
        "WeightsOfPoints",
        "the gradient of 3×3 weights from the parts of that of their 36 points: Gᵀ · g · G, first down, then across",
        "nint pointsAddress, nuint point, nuint part, nuint parts, nint gradientAddress, nuint cell, bool accumulate",
        (writer, dialect) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}(nint pointsAddress, nuint point, nuint part, nuint parts, nint gradientAddress, nuint cell, bool accumulate)"))
            using (writer.Braces($"for (nuint at = 0; at < cell; at += {dialect.Lanes})"))
            {
                writer.Line("ref var points = ref Unsafe.Add(ref Address.ToRef(pointsAddress), at);");
                using (writer.Braces($"for (nuint column = 0; column < {Size}; column++)"))
                {
                    writer.Line("ref var x = ref Unsafe.Add(ref points, column * point);");
                    Load(writer, dialect, Size, i => ("x", $"{i * Size} * point"));
                    using (writer.Braces("for (nuint i = 1; i < parts; i++)"))
                    {
                        writer.Line("ref var other = ref Unsafe.Add(ref x, i * part);");
                        for (var i = 0; i < Size; i++)
                        {
                            writer.Line($"x{i} += {dialect.Load("other", $"{i * Size} * point")};");
                        }
                    }

                    WinogradTransform.Weights.WriteTransposed(writer, dialect);
                    Store(writer, 3, i => $"ref x, {i * Size} * point");
                }

                using (writer.Braces("for (nuint row = 0; row < 3; row++)"))
                {
                    writer.Line($"ref var x = ref Unsafe.Add(ref points, row * {Size} * point);");
                    Load(writer, dialect, Size, i => ("x", $"{i} * point"));
                    WinogradTransform.Weights.WriteTransposed(writer, dialect);
                    writer.Line("ref var y = ref Unsafe.Add(ref Address.ToRef(gradientAddress), at + (row * 3 * cell));");
                    using (writer.Braces("if (accumulate)"))
                    {
                        for (var i = 0; i < 3; i++)
                        {
                            writer.Line($"y{i} += {dialect.Load("y", $"{i} * cell")};");
                        }
                    }

                    Store(writer, 3, i => $"ref y, {i} * cell");
                }
            }
        });

    /// <summary>Down into the rows between, then across into the points.</summary>
    private static void WritePoints(SourceWriter writer, VectorDialect dialect, WinogradTransform transform, string source)
    {
        using (writer.Braces($"for (nuint column = 0; column < {transform.Length}; column++)"))
        {
            writer.Line($"ref var x = ref Unsafe.Add(ref {source}, channel + (column * place));");
            Load(writer, dialect, transform.Length, i => ("x", $"{i} * line"));
            transform.Write(writer, dialect);
            Store(writer, Size, i => $"ref between, (column + {i * Size}) * {dialect.Lanes}");
        }

        using (writer.Braces($"for (nuint row = 0; row < {Size}; row++)"))
        {
            Load(writer, dialect, transform.Length, i => ("between", $"((row * {Size}) + {i}) * {dialect.Lanes}"));
            transform.Write(writer, dialect);
            writer.Line($"ref var y = ref Unsafe.Add(ref points, channel + (row * {Size} * point));");
            Store(writer, Size, i => $"ref y, {i} * point");
        }
    }

    private static void WriteTransform(SourceWriter writer, VectorDialect dialect, string signature, Action body)
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}({signature})"))
        using (writer.Braces($"for (nuint channel = 0; channel < channels; channel += {dialect.Lanes})"))
        {
            body();
        }
    }

    private static void Load(SourceWriter writer, VectorDialect dialect, int count, Func<int, (string Reference, string Offset)> place)
    {
        for (var i = 0; i < count; i++)
        {
            writer.Line($"var x{i} = {dialect.Load(place(i).Reference, place(i).Offset)};");
        }
    }

    private static void Store(SourceWriter writer, int count, Func<int, string> place)
    {
        for (var i = 0; i < count; i++)
        {
            writer.Line($"y{i}.StoreUnsafe({place(i)});");
        }
    }
}
