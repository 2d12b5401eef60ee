using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// One loop of a sum: how many terms, or groups of terms, and how far A and B move from one to the next, in floats; numbers or variables.
/// </summary>
internal readonly record struct SumLevel(string Count, string RowStep, string ColumnStep)
{
    private readonly int _rowStep;
    private readonly int _columnStep;

    public SumLevel(int count, int rowStep, int columnStep)
        : this($"{count}", $"{rowStep}", $"{columnStep}") => (Terms, _rowStep, _columnStep) = (count, rowStep, columnStep);

    /// <summary>How many, when that is constant.</summary>
    public int Terms { get; }

    /// <summary>How far A has moved at a term.</summary>
    public int Row(int term) => term * _rowStep;

    /// <summary>How far B has moved.</summary>
    public int Column(int term) => term * _columnStep;
}

/// <summary>
/// Writes register tiles over windows: rows of sums at constant distances in A, one or two vectors of columns, and the terms of a sum as
/// nested loops. No chain of additions is longer than <see cref="LongestChain"/>: the outer loops of longer sums add up in memory.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="dialect">The width of vectors.</param>
/// <param name="isDepthwise">Whether A has a vector for each vector of B, channel by channel, instead of one element for all.</param>
internal sealed class WindowTiles(SourceWriter writer, VectorDialect dialect, bool isDepthwise)
{
    public const int LongestChain = 512;

    private int Registers => dialect.Bits == 512 ? 32 : 16;

    /// <summary>So many rows, each of so many cells along a line, as a few tiles of almost equal size.</summary>
    public (int Tiles, int Rows, int Remaining) Split(int count, int cells, int vectors) =>
        Split(count, Slides(cells, vectors) ? RowsBeside(cells, vectors) : dialect.Bits == 512 ? 14 : 6);

    /// <summary>So many rows as a few tiles of almost equal size.</summary>
    public static (int Tiles, int Rows, int Remaining) Split(int count, int most)
    {
        var tiles = (count + most - 1) / most;
        var rows = (count + tiles - 1) / tiles;
        return (count / rows, rows, count % rows);
    }

    /// <summary>A sum over channels and cells as loops none of which alone is longer than a chain may be.</summary>
    public static IReadOnlyList<SumLevel> Levels(params (int Count, int RowStep, int ColumnStep)[] loops)
    {
        var levels = new List<(int Count, int RowStep, int ColumnStep)>();
        foreach (var (count, rowStep, columnStep) in loops.Where((loop, i) => loop.Count > 1 || i == loops.Length - 1))
        {
            // Where one loop goes on where the other ends, they are one.
            if (levels.Count > 0 && levels.Last() is var outer && outer.RowStep == count * rowStep && outer.ColumnStep == count * columnStep)
            {
                levels[levels.Count - 1] = (outer.Count * count, rowStep, columnStep);
            }
            else if (count > 1 || levels.Count == 0)
            {
                levels.Add((count, rowStep, columnStep));
            }
        }

        var last = levels.Last();
        var pieces = Enumerable.Range(1, last.Count).First(n => last.Count % n == 0 && last.Count / n <= LongestChain);
        if (pieces > 1)
        {
            var length = last.Count / pieces;
            levels[levels.Count - 1] = (pieces, length * last.RowStep, length * last.ColumnStep);
            levels.Add((length, last.RowStep, last.ColumnStep));
        }

        return [.. levels.Select(level => new SumLevel(level.Count, level.RowStep, level.ColumnStep))];
    }

    /// <summary>Writes the sums of a tile from the references <c>a0</c> and <c>b0</c> into the reference <c>sums</c>.</summary>
    /// <param name="rows">Where each row of the tile begins in A.</param>
    /// <param name="vectors">Vectors of columns.</param>
    /// <param name="places">Where each row of sums goes.</param>
    /// <param name="levels">The loops, outermost first.</param>
    /// <param name="accumulate">When what is there is added to; null for never.</param>
    /// <param name="finish">Writes what is done with sums of a single chain while they are in registers, instead of storing them.</param>
    public void Write(
        IReadOnlyList<int> rows, int vectors, IReadOnlyList<int> places, IReadOnlyList<SumLevel> levels, string? accumulate, Action? finish = null)
    {
        // The innermost loops make one chain; each turn of those around them adds to what the one before left in memory.
        var outer = 0;
        if (accumulate is null)
        {
            var terms = 1;
            outer = levels.Count;
            while (outer > 0 && terms * levels[outer - 1].Terms <= LongestChain)
            {
                terms *= levels[--outer].Terms;
            }
        }

        Loop(0);

        void Loop(int level)
        {
            if (level == outer)
            {
                DeclareSums(rows.Count, vectors);
            }

            // Few turns are loops too: written out they would share elements of A, and keep them in registers that the sums need.
            if (level == levels.Count - 1 && accumulate is null && Slides(levels[level].Terms, vectors))
            {
                Slide(level);
            }
            else if (level == levels.Count)
            {
                Term(level);
            }
            else
            {
                Nested(level);
            }

            if (level == outer)
            {
                var condition = outer > 0 ? string.Join(" || ", Enumerable.Range(0, outer).Select(l => $"i{l} != 0")) : accumulate;
                if (condition is not null)
                {
                    using (writer.Braces($"if ({condition})"))
                    {
                        ForEachSum((sum, place) => $"{sum} += {dialect.Class}.LoadUnsafe({place});");
                    }
                }

                if (finish is not null)
                {
                    finish();
                }
                else
                {
                    ForEachSum((sum, place) => $"{sum}.StoreUnsafe({place});");
                }
            }
        }

        void Nested(int level)
        {
            var inner = level + 1;
            writer.Line($"ref var a{inner} = ref a{level};").Line($"ref var b{inner} = ref b{level};");
            using (writer.Braces($"for (nuint i{level} = 0; i{level} < {levels[level].Count}; i{level}++)"))
            {
                Loop(inner);
                writer.Line($"a{inner} = ref Unsafe.Add(ref a{inner}, {levels[level].RowStep});");
                writer.Line($"b{inner} = ref Unsafe.Add(ref b{inner}, {levels[level].ColumnStep});");
            }
        }

        void Slide(int level)
        {
            var cells = Enumerable.Range(0, levels[level].Terms).ToArray();
            foreach (var cell in cells)
            {
                writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                    $"var {Weight(cell, v)} = {dialect.Load($"Unsafe.Add(ref b{level}, {levels[level].Column(cell)})", $"{v * dialect.Lanes}")};")));
            }

            SlideOver($"a{level}", rows, vectors, [.. cells.Select(levels[level].Row)]);
        }

        void Term(int level)
        {
            writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v => $"var y{v} = {dialect.Load($"b{level}", $"{v * dialect.Lanes}")};")));
            for (var row = 0; row < rows.Count; row++)
            {
                if (isDepthwise)
                {
                    writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                    {
                        var x = dialect.Load($"a{level}", $"{rows[row] + (v * dialect.Lanes)}");
                        return $"{Sum(row, v)} = {dialect.MultiplyAdd(x, $"y{v}", Sum(row, v))};";
                    })));
                    continue;
                }

                var products = Enumerable.Range(0, vectors).Select(v => $" {Sum(row, v)} = {dialect.MultiplyAdd($"x{row}", $"y{v}", Sum(row, v))};");
                writer.Line($"var x{row} = {dialect.Broadcast($"Unsafe.Add(ref a{level}, {rows[row]})")};{string.Concat(products)}");
            }
        }

        void ForEachSum(Func<string, string, string> statement) => this.ForEachSum(places, vectors, statement);
    }

    /// <summary>Declares the weights of cells, a vector each, for sums of a single vector that hold them in registers.</summary>
    /// <param name="reference">The weights.</param>
    /// <param name="cells">Where those of each cell are.</param>
    public void Hold(string reference, IReadOnlyList<string> cells)
    {
        for (var cell = 0; cell < cells.Count; cell++)
        {
            writer.Line($"var {Weight(cell, 0)} = {dialect.Load(reference, cells[cell])};");
        }
    }

    /// <summary>Writes the sums of a tile of single vectors from the reference <c>a0</c> and the weights that are held.</summary>
    /// <param name="rows">Where each row of the tile begins in A.</param>
    /// <param name="places">Where each row of sums goes.</param>
    /// <param name="cells">Where a row finds each cell in A.</param>
    /// <param name="finish">Writes what is done with the sums instead of storing them.</param>
    public void WriteHeld(IReadOnlyList<int> rows, IReadOnlyList<int> places, IReadOnlyList<int> cells, Action? finish)
    {
        DeclareSums(rows.Count, 1);
        SlideOver("a0", rows, 1, cells);
        if (finish is not null)
        {
            finish();
        }
        else
        {
            ForEachSum(places, 1, (sum, place) => $"{sum}.StoreUnsafe({place});");
        }
    }

    /// <summary>Writes zeros.</summary>
    /// <param name="vectors">Vectors of columns.</param>
    /// <param name="places">Where each row goes.</param>
    public void Clear(int vectors, IReadOnlyList<int> places) => ForEachSum(places, vectors, (_, place) => $"{dialect.Zero}.StoreUnsafe({place});");

    /// <summary>Rows of single vectors that there is room for beside so many other vectors, a place, and a constant.</summary>
    public int PlacesBeside(int vectors) => Math.Min(14, Registers - 2 - vectors);

    /// <summary>The register of a sum.</summary>
    public static string Sum(int row, int vector) => $"c{row}{"xy"[vector]}";

    /// <summary>The register of a weight.</summary>
    private static string Weight(int cell, int vector) => $"y{cell}{"xy"[vector]}";

    private void DeclareSums(int rows, int vectors)
    {
        for (var row = 0; row < rows; row++)
        {
            writer.Line($"{dialect.Type} {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"{Sum(row, v)} = {dialect.Zero}"))};");
        }
    }

    /// <summary>Windows of neighbours share places: each is fetched once, for all sums that it is in.</summary>
    private void SlideOver(string reference, IReadOnlyList<int> rows, int vectors, IReadOnlyList<int> cells)
    {
        var places = rows.SelectMany((first, row) => cells.Select((offset, cell) => (Place: first + offset, row, cell))).ToLookup(p => p.Place);
        foreach (var place in places.OrderBy(place => place.Key))
        {
            for (var v = 0; v < vectors; v++)
            {
                var x = $"x{place.Key}{"xy"[v]}";
                var products = place.Select(p => $" {Sum(p.row, v)} = {dialect.MultiplyAdd(x, Weight(p.cell, v), Sum(p.row, v))};");
                writer.Line($"var {x} = {dialect.Load(reference, $"{place.Key + (v * dialect.Lanes)}")};{string.Concat(products)}");
            }
        }
    }

    private void ForEachSum(IReadOnlyList<int> places, int vectors, Func<string, string, string> statement)
    {
        for (var row = 0; row < places.Count; row++)
        {
            writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                statement(Sum(row, v), $"ref sums, {places[row] + (v * dialect.Lanes)}"))));
        }
    }

    /// <summary>Whether the cells along a line of a channel's own window stay in registers while windows slide over its places.</summary>
    private bool Slides(int cells, int vectors) => isDepthwise && cells > 1 && RowsBeside(cells, vectors) >= 2;

    /// <summary>Rows of sums that there is room for beside so many cells, and a place.</summary>
    private int RowsBeside(int cells, int vectors) => (Registers - 1 - (cells * vectors)) / vectors;
}
