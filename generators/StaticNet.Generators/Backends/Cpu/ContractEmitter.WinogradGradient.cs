using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Weight gradients of 3×3 windows by tiles: for each point a product of matrices summed over all tiles of all samples.</summary>
internal sealed partial class ContractEmitter
{
    /// <summary>Floats of transformed tiles in a block of a gradient, twice what a forward pass takes: here weights are written, not read.</summary>
    private const int GradientTileFloats = 2 * TileFloats;

    /// <summary>Panels that share the transformed tiles of the image.</summary>
    public int PanelsOfGroup => Math.Min(4, Padding.Panels(_contract.N));

    /// <summary>Rows of tiles that a part of the sums has at least.</summary>
    public int BandsOfPart => Math.Max(BandsOfGradientBlock, (64 + Tiles.Across - 1) / Tiles.Across);

    /// <summary>Floats of scratch of a thread: the points of a block of tiles, and of the same tiles of some panels of the map.</summary>
    public int TileGradientScratch =>
        (WinogradTiles.Points * (ImagePointStride + (PanelsOfGroup * MapPointStride) + 16)) + SourceBand.Floats + MapBand.Floats;

    private TileBand MapBand => new(Tiles, WinogradTiles.Size, 0, 0, Tiles.Lines, Tiles.Width, _columnStride!.Value);

    /// <summary>Rows of tiles in a block: sums are long enough to be worth fetching and storing, if the cache has room.</summary>
    private int BandsOfGradientBlock => Math.Max(
        1, Math.Min(64, GradientTileFloats / (WinogradTiles.Points * (Tiles.Channels + (PanelsOfGroup * Padding.PanelWidth)))) / Tiles.Across);

    private int ImagePointStride => (BandsOfGradientBlock * Tiles.Across * Tiles.Channels) + 16;

    private int MapPointStride => (BandsOfGradientBlock * Tiles.Across * Padding.PanelWidth) + 16;

    /// <summary>Adds the kernel: its unit of work is some rows of tiles and a few panels.</summary>
    public string AddTileGradientTo(KernelLibrary library, string summary)
    {
        const string signature = "nint aAddress, nint bAddress, nint cAddress, nint scratch, nuint firstBand, nuint bands, nuint firstPanel, nuint panels";
        var (k, n, tiles) = (Tiles.Channels, _contract.N, Tiles);
        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var (source, map) = (SourceBand, MapBand);
        var tile = library.AddTileTransform();
        var mapTile = library.AddMapGradientTransform();
        var full = panels > 1 || lastWidth == Padding.PanelWidth ? AddSums(Padding.PanelWidth) : "";
        var last = lastWidth == Padding.PanelWidth ? full : AddSums(lastWidth);
        return library.Add($"TileGradient{k}x{n}", summary, signature, (writer, _) =>
        {
            writer.Line(KernelLibrary.Optimized);
            using (writer.Braces($"internal static void {KernelLibrary.Name}({signature})"))
            {
                writer.Line("ref var image = ref Address.ToRef(scratch);");
                writer.Line($"ref var map = ref Unsafe.Add(ref image, {WinogradTiles.Points * ImagePointStride});");
                writer.Line($"ref var between = ref Unsafe.Add(ref map, {WinogradTiles.Points * PanelsOfGroup * MapPointStride});");
                var floats = WinogradTiles.Points * (ImagePointStride + (PanelsOfGroup * MapPointStride) + 16);
                source.Declare(writer, "imageLines", floats);
                map.Declare(writer, "mapLines", floats + source.Floats);
                using (writer.Braces($"for (var first = firstBand; first < firstBand + bands; first += {BandsOfGradientBlock})"))
                {
                    writer.Line($"var end = Math.Min(first + {BandsOfGradientBlock}, firstBand + bands);");
                    writer.Line("nuint tiles = 0;");
                    using (writer.Braces("for (var band = first; band < end; band++)"))
                    {
                        WriteTransforms(writer);
                    }

                    writer.Line();
                    using (writer.Braces($"for (nuint point = 0; point < {WinogradTiles.Points}; point++)"))
                    using (writer.Braces("for (nuint i = 0; i < panels; i++)"))
                    {
                        WriteSums(writer);
                    }
                }
            }
        });

        string AddSums(int width) => library.AddPart(
            $"GradientPanel{width}",
            $"c[m, n] = Σ a[k, m] · b[k, n] for a panel of {width} columns n: tiles of rows in registers",
            (writer, dialect) => new TileEmitter(new(1, k, Padding.PanelWidth, width, width, null, Accumulates: true), writer, dialect).Write());

        void WriteTransforms(SourceWriter writer)
        {
            writer.Line($"var (sample, line) = ((nint)({Quotient("band", tiles.Down)}), (nint)({Remainder("band", tiles.Down)} * 4));");
            var imageLine = tiles.FirstLine == 0 ? "line" : $"(line{Plus(tiles.FirstLine)})";
            source.Copy(writer, "imageLines", "aAddress", imageLine);
            map.Copy(writer, "mapLines", "bAddress", "line");
            using (writer.Braces($"for (nint across = 0; across < {tiles.Across}; across++, tiles++)"))
            {
                writer.Line($"{tile}({source.Tile("imageLines", "aAddress", imageLine)}, ref Unsafe.Add(ref image, tiles * {k}), {ImagePointStride}, {k}, ref between);");
                using (writer.Braces("for (nuint i = 0; i < panels; i++)"))
                {
                    var to = $"ref Unsafe.Add(ref map, (i * {WinogradTiles.Points * MapPointStride}) + (tiles * 32)), {MapPointStride}";
                    writer.Line($"{mapTile}({map.Tile("mapLines", "bAddress", "line", " + ((nint)(firstPanel + i) * 32)")}, {to}, {WidthOf("firstPanel + i")}, ref between);");
                }
            }
        }

        void WriteSums(SourceWriter writer)
        {
            writer.Line($"var width = {WidthOf("firstPanel + i")};");
            var a = $"ref Unsafe.Add(ref image, point * {ImagePointStride})";
            var b = $"ref Unsafe.Add(ref map, (i * {WinogradTiles.Points * MapPointStride}) + (point * {MapPointStride}))";
            var c = $"ref Unsafe.Add(ref Address.ToRef(cAddress), ((firstPanel + i) * {WinogradTiles.Points * WinogradTiles.PointStride(k, Padding.PanelWidth)}) + (point * (({k} * width) + {WinogradTiles.PointGap})))";
            var arguments = $"{a}, {b}, {c}, first != firstBand, tiles, {k}, 32, {k}";
            WriteForPanel(writer, panels, "firstPanel + i", full, last, method => writer.Line($"{method}({arguments});"));
        }

        string WidthOf(string panel) => panels == 1 || lastWidth == Padding.PanelWidth
            ? $"(nuint){lastWidth}"
            : $"{panel} < {panels - 1} ? (nuint){Padding.PanelWidth} : {lastWidth}";
    }
}
