using System.Globalization;
using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// One of the matrices of F(4, 3) over the points 0, 1, −1, 2, −2 and ∞, written as straight-line code on vectors. Rows of a point and its
/// opposite differ in the sign of their odd part: both parts are computed once.
/// </summary>
/// <param name="rows">A row for each point, in that order.</param>
internal sealed class WinogradTransform(params double[][] rows)
{
    /// <summary>Bᵀ: six places of an image.</summary>
    public static readonly WinogradTransform Image = new(
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1]);

    /// <summary>G: three weights.</summary>
    public static readonly WinogradTransform Weights = new(
        [1 / 4.0, 0, 0],
        [-1 / 6.0, -1 / 6.0, -1 / 6.0],
        [-1 / 6.0, 1 / 6.0, -1 / 6.0],
        [1 / 24.0, 1 / 12.0, 1 / 6.0],
        [1 / 24.0, -1 / 12.0, 1 / 6.0],
        [0, 0, 1]);

    /// <summary>A: four places of a map; transposed it gives them.</summary>
    public static readonly WinogradTransform Map = new(
        [1, 0, 0, 0],
        [1, 1, 1, 1],
        [1, -1, 1, -1],
        [1, 2, 4, 8],
        [1, -2, 4, -8],
        [0, 0, 0, 1]);

    /// <summary>The first row of each pair.</summary>
    private static readonly int[] Pairs = [1, 3];

    /// <summary>Elements that points are made of.</summary>
    public int Length => rows[0].Length;

    /// <summary>Declares <c>y0</c> to <c>y5</c> as the points of the vectors <c>x0</c>, <c>x1</c> ….</summary>
    public void Write(SourceWriter writer, VectorDialect dialect)
    {
        writer.Line($"var y0 = {Sum(dialect, Elements(rows[0]))};");
        foreach (var row in Pairs)
        {
            writer.Line($"var (even{row}, odd{row}) = ({Sum(dialect, Elements(Part(row, 1)))}, {Sum(dialect, Elements(Part(row, -1)))});");
            writer.Line($"var (y{row}, y{row + 1}) = (even{row} + odd{row}, even{row} - odd{row});");
        }

        writer.Line($"var y5 = {Sum(dialect, Elements(rows[5]))};");
    }

    /// <summary>Declares <c>y0</c>, <c>y1</c> … as what the transposed matrix makes of the points <c>x0</c> to <c>x5</c>.</summary>
    public void WriteTransposed(SourceWriter writer, VectorDialect dialect)
    {
        foreach (var row in Pairs)
        {
            writer.Line($"var (even{row}, odd{row}) = (x{row} + x{row + 1}, x{row} - x{row + 1});");
        }

        for (var i = 0; i < Length; i++)
        {
            (double Factor, string Name)[] terms =
            [
                (rows[0][i], "x0"), (Part(1, 1)[i], "even1"), (Part(1, -1)[i], "odd1"), (Part(3, 1)[i], "even3"), (Part(3, -1)[i], "odd3"), (rows[5][i], "x5"),
            ];
            writer.Line($"var y{i} = {Sum(dialect, terms)};");
        }
    }

    /// <summary>What a row and the next have in common, or with the other sign how they differ.</summary>
    private double[] Part(int row, int sign) => [.. rows[row].Zip(rows[row + 1], (a, b) => (a + (sign * b)) / 2)];

    private static (double Factor, string Name)[] Elements(double[] factors) => [.. factors.Select((factor, i) => (factor, Element(i)))];

    private static string Element(int index) => $"x{index}";

    private static string Sum(VectorDialect dialect, (double Factor, string Name)[] terms)
    {
        // Terms without a factor begin, so that no product stands alone.
        var text = "";
        foreach (var (factor, name) in terms.Where(t => t.Factor != 0).OrderBy(t => t.Factor == 1 ? 0 : t.Factor == -1 ? 2 : 1))
        {
            text = (text, factor) switch
            {
                ("", 1) => name,
                ("", _) => $"({name} * {Literal(factor)})",
                (_, 1) => $"({text} + {name})",
                (_, -1) => $"({text} - {name})",
                _ => dialect.MultiplyAdd(name, dialect.Broadcast(Literal(factor)), text),
            };
        }

        return text;
    }

    private static string Literal(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";
}
