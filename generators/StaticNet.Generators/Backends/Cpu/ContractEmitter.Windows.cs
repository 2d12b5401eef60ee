using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Contractions over windows: the rows of A are lines of images, read where the window lies, without a copy.</summary>
internal sealed partial class ContractEmitter
{
    /// <summary>Places that a weight gradient sums in one go: all its tiles read them again, from the first-level cache.</summary>
    private const int GradientPlaces = 128;

    private WindowContract Windows => _contract.Windows!;

    /// <summary>Floats from one line of A to the next, and from one sample.</summary>
    private (int Line, int Sample) Image => (Width(_contract.Rows) * ImageStride, Lines(_contract.Rows) * Width(_contract.Rows) * ImageStride);

    private int ImageStride => _operands.Plan[_contract.Rows].StrideOf(_contract.Rows);

    /// <summary>Lines of an image and places along one.</summary>
    public static int Lines(IR.Node node) => node.Shape.Rank == 4 ? node.Shape[1].Size : 1;

    /// <summary>Places along a line.</summary>
    public static int Width(IR.Node node) => node.Shape[node.Shape.Rank - 2].Size;

    /// <summary>How many units of a gather's or scatter's work a sample has: bands of a few lines, the last maybe of fewer, or single lines, of places where windows follow.</summary>
    public int Bands => Pooled?.Down ?? (Lines(_contract.Result) + LinesTogether - 1) / LinesTogether;

    /// <summary>Adds the kernel of a gather or scatter.</summary>
    public string AddLinesTo(KernelLibrary library, string summary)
    {
        var (k, n) = (_contract.K!.Value, _contract.N);
        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var lastColumns = n - ((panels - 1) * Padding.PanelWidth);
        var isLastFull = lastColumns == Padding.PanelWidth || (lastWidth == Padding.PanelWidth && !FinishesTiles);
        var (lines, width) = (Pooled?.Down ?? Lines(_contract.Result), Width(_contract.Result));
        var places = Pooled?.Across ?? width;
        IReadOnlyList<(WindowRun Height, int Lines)> parts = lines % LinesTogether is var rest && rest > 0
            ? [(Heights[0], LinesTogether), (Heights[0], rest)]
            : [.. Heights.Select(height => (height, LinesTogether))];
        var full = panels > 1 || isLastFull ? AddParts(Padding.PanelWidth, Padding.PanelWidth) : [];
        var last = isLastFull ? full : AddParts(lastWidth, lastColumns);
        var isFinished = HasEpilogue && !FinishesTiles;
        var finish = isFinished && (panels > 1 || lastColumns == Padding.PanelWidth) ? AddFinish(library, Padding.PanelWidth) : "";
        var lastFinish = !isFinished ? "" : lastColumns == Padding.PanelWidth ? finish : AddFinish(library, lastColumns);
        var unit = RunsOverLines || LinesTogether == 1 ? "Line" : "Band";
        var (index, count) = (unit == "Line" ? "line" : "band", unit == "Line" ? "lines" : "bands");
        var signature = $"{RowEmitter.Parameters(_operands)}, nuint first{unit}, nuint {count}, nuint firstPanel, nuint panels";
        return library.Add($"Windows{k}x{n}", summary, signature, (writer, _) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}({signature})"))
            using (writer.Braces("for (var panel = firstPanel; panel < firstPanel + panels; panel++)"))
            {
                if (RunsOverLines)
                {
                    writer.Line("nuint count;");
                }

                using (writer.Braces($"for (var {index} = first{unit}; {index} < first{unit} + {count}; {(RunsOverLines ? "line += count" : $"{index}++")})"))
                {
                    WriteFirstRow(writer);
                    WriteForPanel<(string[] Lines, string Finish)>(
                        writer, panels, "panel", (full, finish), (last, lastFinish), methods => WritePanel(writer, methods.Lines, methods.Finish));
                }
            }
        });

        string[] AddParts(int panel, int columns) => [.. parts.Select(part => library.AddPart(
            RunsOverLines || part.Lines > 1 ? $"Lines{k}x{panel}" : $"Line{k}x{panel}",
            $"{(RunsOverLines ? "lines" : part.Lines > 1 ? $"{part.Lines} lines" : "a line")} of {width} places, {panel} channels of {part.Height.Cells}×{Windows.Width.Cells} cells: tiles of places in registers",
            (writer, dialect) => new LineEmitter(this, writer, dialect, part.Height, panel, columns).Write(part.Lines)))];

        void WriteFirstRow(SourceWriter writer)
        {
            if (unit == "Band")
            {
                writer.Line(Bands == 1 ? "var (sample, y) = (band, (nuint)0);" : $"var (sample, y) = (band / {Bands}, band % {Bands} * {LinesTogether});");
                writer.Line(Bands == 1 ? $"var firstRow = band * {lines * width};" : $"var firstRow = ((sample * {lines}) + y) * {width};");
                return;
            }

            writer.Line(lines == 1 ? "var (sample, y) = (line, (nuint)0);" : $"var (sample, y) = (line / {lines}, line % {lines});");
            writer.Line(places == 1 ? "var firstRow = line;" : $"var firstRow = line * {places};");
            if (RunsOverLines)
            {
                writer.Line($"count = Math.Min({lines} - y, firstLine + lines - line);");
            }
        }

        void WritePanel(SourceWriter writer, string[] methods, string epilogue)
        {
            if (Pooled is not { } pooled)
            {
                WriteLines(writer, methods, "y", [.. TileItems.Select(AtRow)]);
            }
            else
            {
                using (writer.Braces(pooled.Lines == 1 ? "" : $"for (nuint i = 0; i < {pooled.Lines}; i++)"))
                {
                    WriteLines(
                        writer, methods, pooled.Lines == 1 ? "y" : $"((y * {pooled.Lines}) + i)",
                        [At("c", pooled.Lines == 1 ? "0" : $"i * {width * PooledLines.Stride}")]);
                }
            }

            if (isFinished)
            {
                var rows = lines % LinesTogether == 0 ? $"{LinesTogether * width}" : $"Math.Min({LinesTogether}, {lines} - y) * {width}";
                writer.Line(Pooled is null ? CallEpilogue(epilogue, rows) : CallPooled(epilogue, At("c", "0")));
            }
        }

        void WriteLines(SourceWriter writer, string[] methods, string y, string[] results)
        {
            for (var i = 0; i < methods.Length; i++)
            {
                if (methods.Length == 1)
                {
                    WriteCall(writer, methods[i], parts[i].Height, y, results);
                    continue;
                }

                var condition = Heights.Count == 1 ? $"if (y < {lines / LinesTogether * LinesTogether})" : $"if ({y} % {Heights.Count} == {i})";
                using (writer.Braces(i == 0 ? condition : i < methods.Length - 1 ? $"else {condition}" : "else"))
                {
                    WriteCall(writer, methods[i], parts[i].Height, y, results);
                }
            }
        }

        void WriteCall(SourceWriter writer, string part, WindowRun height, string y, string[] results)
        {
            var step = height.Step == 1 ? y : $"({y} / {height.Step})";
            var lineOfImage = height.Move == 1 ? step : $"({step} * {height.Move})";
            var first = height.Base == 0 ? lineOfImage : $"({lineOfImage} + {height.Base})";
            string[] arguments =
            [
                At("a", $"(sample * {Image.Sample}) + ({first} * {Image.Line}){Channels("panel")}"),
                At("b", Scaled("panel", 32 * k)),
                .. results,
                .. RunsOverLines ? ["count"] : (string[])[],
            ];
            writer.Line($"{part}({string.Join(", ", arguments)});");
        }
    }

    /// <summary>Adds the kernel of a weight gradient: so many rows of a panel, summed over all places of all samples.</summary>
    public string AddWindowGradientTo(KernelLibrary library, string summary)
    {
        const string signature = "nint aAddress, nint bAddress, nint cAddress, bool accumulate, nuint samples, nuint rows, nuint panel";
        var n = _contract.N;
        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var (lines, width) = (Lines(_contract.Columns), Width(_contract.Columns));
        var block = Math.Max(1, Math.Min(lines, GradientPlaces / width));
        var (stride, line) = (Windows.Width.Stride * ImageStride, Windows.Height.Stride * Image.Line);
        var places = $"{line}, {width * _columnStride!.Value}, {width}, {stride}, {_columnStride.Value}";
        var full = panels > 1 || lastWidth == Padding.PanelWidth ? AddPart(Padding.PanelWidth) : "";
        var last = lastWidth == Padding.PanelWidth ? full : AddPart(lastWidth);
        return library.Add($"WindowGradient{_contract.M}x{n}", summary, signature, (writer, _) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}({signature})"))
            using (writer.Braces("for (nuint sample = 0; sample < samples; sample++)"))
            using (writer.Braces($"for (nuint line = 0; line < {lines}; line += {block})"))
            {
                var image = At("a", $"(sample * {Image.Sample}) + (line * {line}){Channels("panel")}");
                var map = At("b", $"(((sample * {lines}) + line) * {width * _columnStride.Value}) + (panel * 32)");
                var count = lines % block == 0 ? $"{block}" : $"Math.Min({block}, {lines} - line)";
                var arguments = $"{image}, {map}, {At("c", "0")}, accumulate || sample + line != 0, {count}, {places}, rows";
                writer.Line(full == last || panels == 1 ? $"{last}({arguments});" : $"if (panel < {panels - 1}) {{ {full}({arguments}); }} else {{ {last}({arguments}); }}");
            }
        });

        string AddPart(int panel) => library.AddPart(
            $"WindowGradientPanel{panel}",
            $"c[m, n] = Σ a[place, m] · b[place, n] over lines of places, for a panel of {panel} columns n",
            (writer, dialect) => WriteGradientPanel(writer, dialect, panel));
    }

    /// <summary>
    /// Pieces of the weight's rows that are contiguous in the image: <c>Count</c> runs of <c>Length</c>; a few rows in all are one tile.
    /// </summary>
    public (int Count, int Length) GradientRuns => IsOneTile ? (1, _contract.M!.Value)
        : LinesAreRuns ? (Windows.Height.Cells, Windows.Width.Cells * Depth)
        : (Windows.Cells, Depth);

    /// <summary>Where a run begins in the image, in floats.</summary>
    public string GradientRun(string run) => GradientRuns.Count == 1 ? "0"
        : LinesAreRuns ? $"({run} * {Windows.Height.Dilation * Image.Line})"
        : $"({run} / {Windows.Width.Cells} * {Windows.Height.Dilation * Image.Line}) + ({run} % {Windows.Width.Cells} * {Windows.Width.Dilation * ImageStride})";

    /// <summary>Whether the cells along a line of the window lie one behind the other in the image, channels and all.</summary>
    private bool LinesAreRuns => Windows.Width.Dilation * ImageStride == Depth;

    private bool IsOneTile => _contract.M <= 12 || Windows.IsDepthwise;

    /// <summary>Elements of A for each cell and row of sums: the channels that a group has at a place.</summary>
    private int Depth => _contract.Rows.Shape.Last.Size / Windows.Groups;

    /// <summary>Where the channels that a panel sees begin in A: those of its group, or its own.</summary>
    private string Channels(string panel) =>
        Windows.Groups == 1 ? ""
        : Windows.IsDepthwise ? $" + ({panel} * 32)"
        : _contract.N / Windows.Groups / Padding.PanelWidth is var panels and > 1 ? $" + ({panel} / {panels} * {Depth})"
        : $" + ({panel} * {Depth})";

    /// <summary>How many places there are and how far apart is the caller's to say: what is written once serves images of all sizes.</summary>
    private void WriteGradientPanel(SourceWriter writer, VectorDialect dialect, int panel)
    {
        var tiles = new WindowTiles(writer, dialect, Windows.IsDepthwise);
        var vectors = Math.Min(2, panel / dialect.Lanes);
        SumLevel[] levels = [new("lines", "aLine", "bLine"), new("places", "aPlace", "bPlace")];
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}(ref float a, ref float b, ref float c, bool accumulate, nuint lines, nuint aLine, nuint bLine, nuint places, nuint aPlace, nuint bPlace, nuint rows)"))
        {
            if (panel == vectors * dialect.Lanes)
            {
                WriteRows("");
            }
            else
            {
                using (writer.Braces($"for (nuint column = 0; column < {panel}; column += {vectors * dialect.Lanes})"))
                {
                    WriteRows("column");
                }
            }
        }

        void WriteRows(string column)
        {
            if (IsOneTile)
            {
                int[] offsets = [.. Enumerable.Range(0, _contract.M!.Value).Select(m =>
                    (m / Depth / Windows.Width.Cells * Windows.Height.Dilation * Image.Line)
                    + (m / Depth % Windows.Width.Cells * Windows.Width.Dilation * ImageStride)
                    + (m % Depth))];
                foreach (var first in Enumerable.Range(0, offsets.Length).Where(m => m % dialect.TileRows[0] == 0))
                {
                    using (writer.Braces(""))
                    {
                        WriteTile([.. offsets.Skip(first).Take(dialect.TileRows[0])], "0", $"{first * panel}", column);
                    }
                }

                return;
            }

            // Few rows are one tile: nine of three cells by three channels would otherwise be eight and one, which waits for its sums.
            if (GradientRuns.Length <= dialect.TileRows[0])
            {
                WriteTile([.. Enumerable.Range(0, GradientRuns.Length)], "0", "0", column);
                return;
            }

            using (writer.Braces("for (nuint row = 0; row < rows;)"))
            {
                writer.Line("var left = rows - row;");
                int[] sizes = [.. dialect.TileRows, 2, 1];
                for (var i = 0; i < sizes.Length; i++)
                {
                    var condition = i == sizes.Length - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if (left >= {sizes[i]})";
                    using (writer.Braces(condition))
                    {
                        WriteTile([.. Enumerable.Range(0, sizes[i])], "row", $"row * {panel}", column);
                        writer.Line($"row += {sizes[i]};");
                    }
                }
            }
        }

        void WriteTile(int[] offsets, string row, string sums, string column)
        {
            writer.Line($"ref var a0 = ref Unsafe.Add(ref a, {(Windows.IsDepthwise && column.Length > 0 ? column : row)});");
            writer.Line(column.Length == 0 ? "ref var b0 = ref b;" : $"ref var b0 = ref Unsafe.Add(ref b, {column});");
            writer.Line($"ref var sums = ref Unsafe.Add(ref c, {(column.Length == 0 ? sums : $"({sums}) + {column}")});");
            tiles.Write(offsets, vectors, [.. offsets.Select((_, row) => row * panel)], levels, "accumulate");
        }
    }
}
