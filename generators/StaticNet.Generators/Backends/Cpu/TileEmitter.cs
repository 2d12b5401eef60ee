using System.Globalization;
using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Three matrices in memory: A by elements, B and C by vectors. Strides are in floats.</summary>
/// <param name="RowStride">From one row of A to the next.</param>
/// <param name="DepthStride">From one term to the next in A; what accumulates is told by its caller.</param>
/// <param name="ColumnStride">From one term to the next in B; what accumulates is told by its caller.</param>
/// <param name="SumStride">From one row of C to the next.</param>
/// <param name="Width">Columns of the panel, 16 or 32.</param>
/// <param name="Depth">Terms of a sum when they are constant, otherwise null.</param>
/// <param name="Accumulates">Whether C may be added to: then no row is done twice.</param>
internal sealed record PanelMatrices(
    int RowStride, int DepthStride, int ColumnStride, int SumStride, int Width, int? Depth, bool Accumulates);

/// <summary>
/// Writes the sums of a panel as register tiles: so many rows by two vectors of sums, one element of A broadcast to each row, no branch
/// in the inner loop and no call in the method.
/// </summary>
/// <remarks>
/// No chain of additions is longer than <see cref="LongestChain"/>; longer sums are cut into blocks that add up in memory. Fewer than
/// four rows take several chains for each sum, so that enough multiply-adds are in flight; how many depends on the number of rows alone.
/// </remarks>
internal sealed class TileEmitter(PanelMatrices matrices, SourceWriter writer, VectorDialect dialect)
{
    private const int LongestChain = 512;

    /// <summary>Writes the method for a panel.</summary>
    public void Write()
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}(ref float a, ref float b, ref float c, {(matrices.Accumulates ? "bool accumulate, nuint depth, nuint aStep, nuint bStep, " : "")}nuint rows)"))
        using (writer.Braces("for (nuint row = 0; row < rows;)"))
        {
            writer.Line("var left = rows - row;");
            if (!matrices.Accumulates)
            {
                using (writer.Braces("if (left < 4 && rows >= 4)"))
                {
                    writer.Line("// The last rows again, as part of a whole tile: they come out the same.").Line("left = 4;").Line("row = rows - 4;");
                }

                writer.Line();
            }

            // Of one vector a row, twice as many rows are in flight.
            int[] most = matrices.Width == dialect.Lanes ? [24, 16, 8, 4] : dialect.TileRows;
            int[] sizes = matrices.Accumulates ? [.. most, 2, 1] : [.. most, 3, 2, 1];
            for (var i = 0; i < sizes.Length; i++)
            {
                var condition = i == sizes.Length - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if (left >= {sizes[i]})";
                using (writer.Braces(condition))
                {
                    WriteTile(sizes[i], matrices.Accumulates ? 1 : sizes[i] switch { 1 => 4, 2 => 2, _ => 1 });
                    writer.Line($"row += {sizes[i]};");
                }
            }
        }
    }

    /// <summary>The sums of so many rows and all columns of the panel.</summary>
    private void WriteTile(int rows, int chains)
    {
        var vectors = Math.Min(2, matrices.Width / dialect.Lanes);
        var step = vectors * dialect.Lanes;
        if (matrices.Width > step)
        {
            using (writer.Braces($"for (nuint column = 0; column < {matrices.Width}; column += {step})"))
            {
                WriteTile(rows, vectors, chains, "column");
            }
        }
        else
        {
            WriteTile(rows, vectors, chains, "0");
        }
    }

    private void WriteTile(int rows, int vectors, int chains, string column)
    {
        var depth = matrices.Depth;
        var blocks = depth is { } k ? (k + (LongestChain * chains) - 1) / (LongestChain * chains) : 2;
        writer.Line($"ref var sums = ref Unsafe.Add(ref c, {(column == "0" ? $"row * {matrices.SumStride}" : $"(row * {matrices.SumStride}) + column")});");
        writer.Line(column == "0" ? "ref var bk = ref b;" : "ref var bk = ref Unsafe.Add(ref b, column);");
        writer.Line($"ref var ak = ref Unsafe.Add(ref a, {(matrices.RowStride == 1 ? "row" : $"row * {matrices.RowStride}")});");
        if (blocks == 1)
        {
            WriteChains(depth!.Value.ToString(CultureInfo.InvariantCulture), depth.Value, false);
            return;
        }

        var total = depth is { } constant ? $"{constant}" : "depth";
        var size = depth is { } terms ? RoundUp((terms + blocks - 1) / blocks, chains) : LongestChain;
        using (writer.Braces($"for (nuint first = 0; first < {total}; first += {size})"))
        {
            var even = depth is { } all && all % size == 0;
            if (!even)
            {
                writer.Line($"var count = Math.Min({size}, {total} - first);");
            }

            WriteChains(even ? $"{size}" : "count", even ? size : null, true);
        }

        void WriteChains(string count, int? constant, bool blocked)
        {
            for (var row = 0; row < rows; row++)
            {
                writer.Line($"{dialect.Type} {string.Join(", ", from chain in Enumerable.Range(0, chains) from v in Enumerable.Range(0, vectors) select $"{Sum(row, v, chain)} = {dialect.Zero}")};");
            }

            var leftover = chains > 1 && (constant is not { } n || n % chains != 0);
            var loop = chains == 1
                ? $"for (nuint k = 0; k < {count}; k++)"
                : $"for (nuint k = 0; k + {chains} <= {count}; k += {chains})";
            using (writer.Braces(loop))
            {
                for (var chain = 0; chain < chains; chain++)
                {
                    WriteStep(chain, chain);
                }

                Advance(chains);
            }

            if (leftover)
            {
                using (writer.Braces(constant is { } c ? $"for (nuint k = {c / chains * chains}; k < {c}; k++)" : $"for (var k = {count} / {chains} * {chains}; k < {count}; k++)"))
                {
                    WriteStep(0, 0);
                    Advance(1);
                }
            }

            if (chains > 1)
            {
                for (var row = 0; row < rows; row++)
                {
                    for (var v = 0; v < vectors; v++)
                    {
                        writer.Line(chains == 2
                            ? $"{Sum(row, v, 0)} += {Sum(row, v, 1)};"
                            : $"{Sum(row, v, 0)} = ({Sum(row, v, 0)} + {Sum(row, v, 1)}) + ({Sum(row, v, 2)} + {Sum(row, v, 3)});");
                    }
                }
            }

            if (blocked || matrices.Accumulates)
            {
                var condition = (blocked, matrices.Accumulates) switch { (true, true) => "accumulate || first != 0", (true, false) => "first != 0", _ => "accumulate" };
                using (writer.Braces($"if ({condition})"))
                {
                    ForEachSum((sum, place) => $"{sum} += {dialect.Class}.LoadUnsafe({place});");
                }
            }

            ForEachSum((sum, place) => $"{sum}.StoreUnsafe({place});");
        }

        void WriteStep(int step, int chain)
        {
            writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                $"var b{v}{Suffix(chain)} = {dialect.Load("bk", $"{(step * matrices.ColumnStride) + (v * dialect.Lanes)}")};")));

            for (var row = 0; row < rows; row++)
            {
                var scalar = $"Unsafe.Add(ref ak, {(row * matrices.RowStride) + (step * matrices.DepthStride)})";
                var products = Enumerable.Range(0, vectors).Select(v =>
                    $" {Sum(row, v, chain)} = {dialect.MultiplyAdd($"a{row}{Suffix(chain)}", $"b{v}{Suffix(chain)}", Sum(row, v, chain))};");
                writer.Line($"var a{row}{Suffix(chain)} = {dialect.Broadcast(scalar)};{string.Concat(products)}");
            }
        }

        void Advance(int steps)
        {
            writer.Line($"ak = ref Unsafe.Add(ref ak, {(matrices.Accumulates ? "aStep" : $"{steps * matrices.DepthStride}")});");
            writer.Line($"bk = ref Unsafe.Add(ref bk, {(matrices.Accumulates ? "bStep" : $"{steps * matrices.ColumnStride}")});");
        }

        void ForEachSum(Func<string, string, string> statement)
        {
            for (var row = 0; row < rows; row++)
            {
                writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                    statement(Sum(row, v, 0), $"ref sums, {(row * matrices.SumStride) + (v * dialect.Lanes)}"))));
            }
        }

        string Sum(int row, int vector, int chain) => $"c{row}{"xyzw"[vector]}{Suffix(chain)}";

        static string Suffix(int chain) => chain == 0 ? "" : $"_{chain}";
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
