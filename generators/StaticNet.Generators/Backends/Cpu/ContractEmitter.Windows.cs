using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Contractions over windows: the rows of A are lines of images, read where the window lies, without a copy.</summary>
internal sealed partial class ContractEmitter
{
    private WindowContract Windows => _contract.Windows!;

    /// <summary>Floats from one line of A to the next, and from one sample.</summary>
    private (int Line, int Sample) Image => (Width(_contract.Rows) * ImageStride, Lines(_contract.Rows) * Width(_contract.Rows) * ImageStride);

    private int ImageStride => Operands.Stride(_contract.Rows, _operands.Plan[_contract.Rows]);

    /// <summary>Lines of an image and places along one.</summary>
    public static int Lines(IR.Node node) => node.Shape.Rank == 4 ? node.Shape[1].Size : 1;

    /// <summary>Places along a line.</summary>
    public static int Width(IR.Node node) => node.Shape[node.Shape.Rank - 2].Size;

    /// <summary>Adds the kernel of a gather or scatter: its unit of work is a line of the result.</summary>
    public string AddLinesTo(KernelLibrary library, string summary)
    {
        var (k, n) = (_contract.K!.Value, _contract.N);
        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var lastColumns = n - ((panels - 1) * Padding.PanelWidth);
        var heights = Windows.Height.Runs(Windows.Role);
        var (lines, width) = (Lines(_contract.Result), Width(_contract.Result));
        var full = panels > 1 || lastWidth == Padding.PanelWidth ? heights.Select(run => AddLine(run, Padding.PanelWidth)).ToArray() : [];
        var last = lastWidth == Padding.PanelWidth ? full : [.. heights.Select(run => AddLine(run, lastWidth))];
        var finish = HasEpilogue && (panels > 1 || lastColumns == Padding.PanelWidth) ? AddFinish(library, Padding.PanelWidth) : "";
        var lastFinish = !HasEpilogue ? "" : lastColumns == Padding.PanelWidth ? finish : AddFinish(library, lastColumns);
        var signature = $"{RowEmitter.Parameters(_operands)}, nuint firstLine, nuint lines, nuint firstPanel, nuint panels";
        return library.Add($"Windows{k}x{n}", summary, signature, (writer, _) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}({signature})"))
            using (writer.Braces("for (var panel = firstPanel; panel < firstPanel + panels; panel++)"))
            using (writer.Braces("for (var line = firstLine; line < firstLine + lines; line++)"))
            {
                writer.Line(lines == 1 ? "var (sample, y) = (line, (nuint)0);" : $"var (sample, y) = (line / {lines}, line % {lines});");
                writer.Line(width == 1 ? "var firstRow = line;" : $"var firstRow = line * {width};");
                WriteForPanel<(string[] Lines, string Finish)>(
                    writer, panels, "panel", (full, finish), (last, lastFinish), methods => WritePanel(writer, methods.Lines, methods.Finish));
            }
        });

        string AddLine(WindowRun height, int panel) => library.AddPart(
            $"Line{k}x{panel}",
            $"a line of {width} places, {panel} channels of {height.Cells}×{Windows.Width.Cells} cells: tiles of places in registers",
            (writer, dialect) => WriteLine(writer, dialect, height, panel));

        void WritePanel(SourceWriter writer, string[] parts, string epilogue)
        {
            for (var i = 0; i < heights.Count; i++)
            {
                if (heights.Count == 1)
                {
                    WriteCall(writer, parts[i], heights[i]);
                    continue;
                }

                var condition = $"if (y % {heights.Count} == {i})";
                using (writer.Braces(i == 0 ? condition : i < heights.Count - 1 ? $"else {condition}" : "else"))
                {
                    WriteCall(writer, parts[i], heights[i]);
                }
            }

            if (HasEpilogue)
            {
                writer.Line(CallEpilogue(epilogue, $"{width}"));
            }
        }

        void WriteCall(SourceWriter writer, string part, WindowRun height)
        {
            var step = height.Step == 1 ? "y" : $"(y / {height.Step})";
            var lineOfImage = height.Move == 1 ? step : $"({step} * {height.Move})";
            var first = height.Base == 0 ? lineOfImage : $"({lineOfImage} + {height.Base})";
            writer.Line(
                $"{part}({At("a", $"(sample * {Image.Sample}) + ({first} * {Image.Line}){Channels("panel")}")}, {At("b", Scaled("panel", 32 * k))}, {AtRow(_operands.Items[2])});");
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
        var block = Math.Max(1, Math.Min(lines, 512 / width));
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

    private void WriteLine(SourceWriter writer, VectorDialect dialect, WindowRun height, int panel)
    {
        var tiles = new WindowTiles(writer, dialect, Windows.IsDepthwise);

        // A turned copy of the weights is stored last cell first; weights of single channels are read backwards instead.
        var (firstCell, cellStep) = Windows is { IsDepthwise: true, Role: WindowRole.Scatter } ? (Windows.Cells - 1, -1) : (0, 1);
        var vectors = Math.Min(2, panel / dialect.Lanes);
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}(ref float a, ref float b, ref float c)"))
        {
            if (panel == vectors * dialect.Lanes)
            {
                WriteRuns("");
            }
            else
            {
                using (writer.Braces($"for (nuint column = 0; column < {panel}; column += {vectors * dialect.Lanes})"))
                {
                    WriteRuns(" + column");
                }
            }
        }

        void WriteRuns(string column)
        {
            var runs = Windows.Width.Runs(Windows.Role);
            foreach (var run in runs)
            {
                var (count, rows, remaining) = tiles.Split(run.Count, run.Cells, vectors);
                using (writer.Braces(count > 1 ? $"for (nuint place = 0; place < {count * rows}; place += {rows})" : ""))
                {
                    WriteTile(run, count > 1 ? "place" : "", 0, rows, column);
                }

                if (remaining > 0)
                {
                    using (writer.Braces(""))
                    {
                        WriteTile(run, "", count * rows, remaining, column);
                    }
                }
            }
        }

        void WriteTile(WindowRun run, string place, int first, int rows, string column)
        {
            var rowStep = run.Move * ImageStride;
            writer.Line($"ref var sums = ref Unsafe.Add(ref c, {Moved(place, run.Step * _sums.Stride, (run.First + (first * run.Step)) * _sums.Stride)}{column});");
            if (height.Cells * run.Cells == 0)
            {
                for (var row = 0; row < rows; row++)
                {
                    for (var v = 0; v < vectors; v++)
                    {
                        writer.Line($"{dialect.Zero}.StoreUnsafe(ref sums, {(row * run.Step * _sums.Stride) + (v * dialect.Lanes)});");
                    }
                }

                return;
            }

            var cell = firstCell + (cellStep * ((height.FirstCell * Windows.Width.Cells) + run.FirstCell));
            writer.Line($"ref var a0 = ref Unsafe.Add(ref a, {Moved(place, rowStep, (run.Base * ImageStride) + (first * rowStep))}{(Windows.IsDepthwise ? column : "")});");
            writer.Line($"ref var b0 = ref Unsafe.Add(ref b, {cell * Depth * panel}{column});");
            var levels = WindowTiles.Levels(
                (height.Cells, height.CellStep * Image.Line, cellStep * height.StoredStep * Windows.Width.Cells * Depth * panel),
                (run.Cells, run.CellStep * ImageStride, cellStep * run.StoredStep * Depth * panel),
                (Depth, 1, panel));
            tiles.Write([.. Enumerable.Range(0, rows).Select(row => row * rowStep)], vectors, run.Step * _sums.Stride, levels, null);
        }
    }

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
            tiles.Write(offsets, vectors, panel, levels, "accumulate");
        }
    }

    /// <summary>An offset that grows with a loop's variable, if there is one.</summary>
    private static string Moved(string variable, int step, int first) => (variable, first) switch
    {
        ("", _) => $"{first}",
        (_, 0) => $"({variable} * {step})",
        _ => $"({variable} * {step}) + {first}",
    };
}
