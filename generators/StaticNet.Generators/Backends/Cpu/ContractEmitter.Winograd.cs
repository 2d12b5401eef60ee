using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Contractions over 3×3 windows by tiles: transform, a product of matrices for each point, transform back.</summary>
internal sealed partial class ContractEmitter
{
    /// <summary>Floats of transformed tiles that leave room for weights in a second-level cache.</summary>
    private const int TileFloats = 128 * 1024;

    /// <summary>Tiles of a block at most: with these, register tiles are filled.</summary>
    private const int TilesOfBlock = 48;

    private WinogradTiles Tiles => _kernel.Tiles!;

    /// <summary>Rows of tiles in a block: so many that register tiles are filled, as long as transformed tiles stay in the cache.</summary>
    public int BandsOfBlock
    {
        get
        {
            var most = Math.Max(1, Math.Min(TilesOfBlock, TileFloats / (WinogradTiles.Points * Tiles.Channels)) / Tiles.Across);
            return Enumerable.Range(1, most).OrderBy(bands => Cost(bands * Tiles.Across) / (bands * Tiles.Across)).ThenByDescending(bands => bands).First();

            // Register tiles of twelve rows, eight and four; shorter ones wait for their sums.
            static double Cost(int rows) => (rows / 12 * 12) + (rows % 12 > 8 ? 14 : rows % 12 > 4 ? 9 : rows % 12 > 0 ? 6 : 0);
        }
    }

    /// <summary>Floats from one point of transformed tiles to the next: an odd number of cache lines.</summary>
    private int PointStride => (BandsOfBlock * Tiles.Across * Tiles.Channels) + 16;

    private int SumPointStride => (BandsOfBlock * Tiles.Across * Math.Min(Padding.PanelWidth, Padding.To16(_contract.N))) + 16;

    /// <summary>
    /// Scratch of a thread: lines for windows, tiles transformed, their sums, rows of one tile on its way through a transform, lines with a border.
    /// </summary>
    public int TileScratch => PooledFloats + (WinogradTiles.Points * (PointStride + SumPointStride + 16)) + SourceBand.Floats;

    private TileBand SourceBand => new(
        Tiles, WinogradTiles.SourceSize, Tiles.FirstLine, Tiles.FirstPlace, Lines(Tiles.Source), Width(Tiles.Source), _operands.Plan[Tiles.Source].StrideOf(Tiles.Source));

    /// <summary>
    /// Samples up to which a chunk is a panel that transforms its weights itself: they then stay in the cache, and what transforming tiles
    /// for each panel once more takes is less than writing all weights and reading them again. None where there is but one panel.
    /// </summary>
    public int FewSamples
    {
        get
        {
            var panels = Padding.Panels(_contract.N);
            return panels == 1 ? 0 : Math.Min(2 * TilesOfBlock, 4 * _contract.N / (panels - 1)) / (Tiles.Down * Tiles.Across);
        }
    }

    /// <summary>
    /// Adds the kernel: its unit of work is a row of tiles. Weights are transformed already: b has them from the first panel on.
    /// </summary>
    public string AddTilesTo(KernelLibrary library, string summary)
    {
        var (k, n, tiles) = (Tiles.Channels, _contract.N, Tiles);
        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var lastColumns = n - ((panels - 1) * Padding.PanelWidth);
        var source = SourceBand;
        var image = library.AddTileTransform();
        var map = library.AddMapTransform();
        var full = panels > 1 || lastWidth == Padding.PanelWidth ? AddSums(Padding.PanelWidth) : "";
        var last = lastWidth == Padding.PanelWidth ? full : AddSums(lastWidth);
        var finish = HasEpilogue && (panels > 1 || lastColumns == Padding.PanelWidth) ? AddFinish(library, Padding.PanelWidth) : "";
        var lastFinish = !HasEpilogue ? "" : lastColumns == Padding.PanelWidth ? finish : AddFinish(library, lastColumns);
        var signature = $"{RowEmitter.Parameters(_operands)}, nint scratch, nuint firstBand, nuint bands{(panels == 1 ? "" : ", nuint firstPanel, nuint panels")}";
        return library.Add($"Tiles{k}x{n}", summary, signature, (writer, _) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}({signature})"))
            {
                writer.Line("ref var points = ref Address.ToRef(scratch);");
                writer.Line($"ref var sums = ref Unsafe.Add(ref points, {WinogradTiles.Points * PointStride});");
                writer.Line($"ref var between = ref Unsafe.Add(ref sums, {WinogradTiles.Points * SumPointStride});");
                source.Declare(writer, "lines", WinogradTiles.Points * (PointStride + SumPointStride + 16));
                using (writer.Braces($"for (var first = firstBand; first < firstBand + bands; first += {BandsOfBlock})"))
                {
                    writer.Line($"var end = Math.Min(first + {BandsOfBlock}, firstBand + bands);");
                    writer.Line("nuint tiles = 0;");
                    using (writer.Braces("for (var band = first; band < end; band++)"))
                    {
                        writer.Line($"var (sample, line) = ((nint)({Quotient("band", tiles.Down)}), (nint)({Remainder("band", tiles.Down)} * 4){Plus(tiles.FirstLine)});");
                        source.Copy(writer, "lines", "aAddress", "line");
                        using (writer.Braces($"for (nint across = 0; across < {tiles.Across}; across++, tiles++)"))
                        {
                            writer.Line($"{image}({source.Tile("lines", "aAddress", "line")}, ref Unsafe.Add(ref points, tiles * {k}), {PointStride}, {k}, ref between);");
                        }
                    }

                    writer.Line();
                    using (writer.Braces(panels == 1 ? "" : "for (var panel = firstPanel; panel < firstPanel + panels; panel++)"))
                    {
                        if (panels == 1)
                        {
                            writer.Line("const int panel = 0;");
                        }

                        WritePanel(writer);
                    }
                }
            }
        });

        string AddSums(int width) => library.AddPart(
            $"Panel{k}x{width}",
            $"c[m, n] = Σ a[m, k] · b[k, n], k < {k}, for a panel of {width} columns n: tiles of rows in registers",
            (writer, dialect) => new TileEmitter(new(k, 1, width, width, width, k, Accumulates: false), writer, dialect).Write());

        void WritePanel(SourceWriter writer)
        {
            var isMixed = panels > 1 && lastWidth < Padding.PanelWidth;
            var width = isMixed ? "width" : $"{lastWidth}";
            if (isMixed)
            {
                writer.Line($"var width = panel < {panels - 1} ? (nuint){Padding.PanelWidth} : {lastWidth};");
            }

            using (writer.Braces($"for (nuint point = 0; point < {WinogradTiles.Points}; point++)"))
            {
                WriteForPanel(writer, panels, "panel", full, last, WriteSums);
            }

            writer.Line();
            writer.Line("tiles = 0;");
            using (writer.Braces("for (var band = first; band < end; band++)"))
            {
                writer.Line($"var (sample, line) = ((nint)({Quotient("band", tiles.Down)}), (nint)({Remainder("band", tiles.Down)} * 4));");
                using (writer.Braces($"for (nint place = 0; place < {tiles.Width}; place += 4, tiles++)"))
                {
                    WriteBack(writer, width);
                }

                if (Pooled is { } pooled)
                {
                    // Behind the last line of places there may be lines that no window has.
                    var lines = WinogradTiles.Size / pooled.Lines;
                    var end = $"({Quotient("line", pooled.Lines)}) + {lines}";
                    using (writer.Braces($"for (var y = {Quotient("line", pooled.Lines)}; y < {(pooled.Down == tiles.Down * lines ? end : $"Math.Min({end}, {pooled.Down})")}; y++)"))
                    {
                        writer.Line($"var firstRow = (nuint)((sample * {pooled.Down}) + y) * {pooled.Across};");
                        var sums = At("c", $"((y * {pooled.Lines}) - line) * {tiles.Width * PooledLines.Stride}");
                        WriteForPanel(writer, panels, "panel", finish, lastFinish, method => writer.Line(CallPooled(method, sums)));
                    }
                }
                else if (HasEpilogue)
                {
                    using (writer.Braces(
                        $"for (var y = line; y < {(tiles.Lines % 4 == 0 ? "line + 4" : $"Math.Min(line + 4, {tiles.Lines})")}; y++)"))
                    {
                        writer.Line($"var firstRow = (nuint)((sample * {tiles.Lines}) + y) * {tiles.Width};");
                        WriteForPanel(writer, panels, "panel", finish, lastFinish, method => writer.Line(CallEpilogue(method, $"{tiles.Width}")));
                    }
                }
            }

            void WriteSums(string method)
            {
                var stride = WinogradTiles.PointStride(k, method == full ? Padding.PanelWidth : lastWidth);
                var offset = $"{(panels == 1 ? "" : $"((panel - firstPanel) * {WinogradTiles.Points * WinogradTiles.PointStride(k, Padding.PanelWidth)}) + ")}(point * {stride})";
                writer.Line($"{method}(ref Unsafe.Add(ref points, point * {PointStride}), {At("b", offset)}, ref Unsafe.Add(ref sums, point * {SumPointStride}), tiles);");
            }
        }

        void WriteBack(SourceWriter writer, string width)
        {
            var stride = _sums.Stride;
            var row = _sums.Border?.Row("sample", "line") ?? $"(((sample * {tiles.Lines}) + line) * {tiles.Width})";
            var target = Pooled is not null ? $"place * {stride}" : $"({row} + place) * {stride}{(panels == 1 ? "" : " + ((nint)panel * 32)")}";
            var down = tiles.Lines % 4 == 0 ? "4" : $"Math.Min(4, {tiles.Lines} - line)";
            var across = tiles.Width % 4 == 0 ? "4" : $"Math.Min(4, {tiles.Width} - place)";
            writer.Line($"{map}(ref Unsafe.Add(ref sums, tiles * {width}), {SumPointStride}, {At("c", target)}, {(_sums.Border?.Width ?? tiles.Width) * stride}, {stride}, {down}, {across}, {width}, ref between);");
        }
    }

    private static string Quotient(string value, int divisor) => divisor == 1 ? value : $"{value} / {divisor}";

    private static string Remainder(string value, int divisor) => divisor == 1 ? "0" : $"({value} % {divisor})";

    private static string Plus(int offset) => offset == 0 ? "" : offset > 0 ? $" + {offset}" : $" - {-offset}";
}
