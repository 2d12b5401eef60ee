using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Stages of contractions by tiles.</summary>
internal sealed partial class StageWriter
{
    private int _scratchFloats;

    /// <summary>
    /// A gather or scatter: its weights are transformed first, then chunks are rows of tiles. With few samples a chunk is a panel and does both.
    /// </summary>
    private IEnumerable<CpuStage> Tiles(ContractKernel kernel, WinogradTiles tiles)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var emitter = new ContractEmitter(kernel, operands);
        var (k, n) = (tiles.Channels, contract.N);
        var method = emitter.AddTilesTo(
            library, Summary($"c[place, n] = Σ a[place + cell, k] · b[cell, k, n] by tiles of 4×4 places, k < {k}, n < {n}", kernel.Nodes.Skip(1), operands, contract.Result));
        var panels = Padding.Panels(n);
        var few = emitter.FewSamples;
        var weightsOfPanel = WinogradTiles.Points * WinogradTiles.PointStride(k, Padding.PanelWidth);
        _scratchFloats = Math.Max(_scratchFloats, emitter.TileScratch + (few > 0 ? weightsOfPanel : 0));

        var points = $"At({_plan.Points(contract.Result).Offset}, 0)";
        var weights = OfPanels(
            contract, $"{contract.Columns.Origin}: the weights of tiles, 3×3 → 6×6", width => Transform(width, $"{points} + {PanelOffset(weightsOfPanel)}"));
        yield return few == 0 ? weights : weights with { Chunks = $"Batch <= {few} ? 0 : {weights.Chunks}" };

        var bandsOfBlock = emitter.BandsOfBlock;
        var workOfBand = (long)tiles.Across * WinogradTiles.Points * k * n;
        var most = bandsOfBlock * (int)Math.Max(1, ChunkWork / (bandsOfBlock * workOfBand));
        var fewest = Math.Min(bandsOfBlock, (24 + tiles.Across - 1) / tiles.Across);
        var cut = $"{tiles.Down}, {fewest}, {most}";
        string[] chunk = [$"var (firstBand, bands) = RowChunk(chunk, {cut});", Call(points, "firstBand, bands", $"0, {panels}")];
        yield return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: {ShapeText(contract.Rows)} → {ShapeText(kernel.Result)} by tiles of 4×4 places{Pooled(kernel)}",
            few == 0 ? $"RowChunks({cut})" : $"Batch <= {few} ? {panels} : RowChunks({cut})",
            $"{tiles.Down * workOfBand}",
            few == 0
                ? chunk
                :
                [
                    $"if (Batch <= {few})",
                    "{",
                    $"    var weights = Scratch(worker) + ({emitter.TileScratch} * sizeof(float));",
                    .. OfPanels(contract, "", width => Transform(width, "weights")).Body.Select(line => $"    {line}"),
                    $"    {Call("weights", $"0, (nuint)Batch * {tiles.Down}", "(nuint)chunk, 1")}",
                    "}",
                    "else",
                    "{",
                    .. chunk.Select(line => $"    {line}"),
                    "}",
                ]);

        string Transform(int width, string to) =>
            $"{library.AddWeightTransform()}({Address(contract.Columns)} + {PanelOffset(9 * 32 * k)}, {k * width}, {to}, {WinogradTiles.PointStride(k, width)});";

        string Call(string weights, string range, string ofPanels)
        {
            var arguments = operands.Items.Select(i => i.Node == contract.Columns && i.Name == "b" ? weights : Address(i.Node, i.Placement));
            var scratch = emitter.PooledFloats == 0 ? "Scratch(worker)" : $"Scratch(worker) + ({emitter.PooledFloats} * sizeof(float))";
            return $"{method}({string.Join(", ", arguments)}, {scratch}, {range}{(panels == 1 ? "" : $", {ofPanels}")});";
        }
    }

    /// <summary>
    /// A weight gradient: first that of the transformed weights, in chunks of so many rows of tiles and a few panels, each part of the rows
    /// with sums of its own; then the weights'.
    /// </summary>
    private IEnumerable<CpuStage> TileGradient(ContractKernel kernel, WinogradTiles tiles)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var emitter = new ContractEmitter(kernel, operands);
        var (k, n) = (tiles.Channels, contract.N);
        var panels = Padding.Panels(n);
        var groups = (panels + emitter.PanelsOfGroup - 1) / emitter.PanelsOfGroup;
        var method = emitter.AddTileGradientTo(
            library, $"c[m, n] = Σ a[tile, m] · b[tile, n] for each point over tiles, m < {k}, n < {n}: the gradient of transformed weights");
        _scratchFloats = Math.Max(_scratchFloats, emitter.TileGradientScratch);
        _gradientChunkFloats = Math.Max(_gradientChunkFloats, 9 * k * Math.Min(Padding.PanelWidth, Padding.To16(n)));

        var points = $"At({_plan.Points(contract.Result).Offset}, 0)";
        var partFloats = WinogradTiles.Floats(k, n);
        var parts = $"{tiles.Down}, {emitter.BandsOfPart}, {WinogradTiles.MaximumParts}";
        var part = groups == 1 ? "chunk" : $"chunk / {groups}";
        yield return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: gradient of the weights of tiles, {ShapeText(contract.Rows)} × {ShapeText(contract.Columns)}",
            groups == 1 ? $"SumParts({parts})" : $"SumParts({parts}) * {groups}",
            $"{(long)tiles.Down * tiles.Across * WinogradTiles.Points * k * n}",
            [
                $"var (firstBand, bands) = SumPart({part}, {parts});",
                .. groups == 1
                    ? (string[])[$"const int firstPanel = 0, panels = {panels};"]
                    : [$"var firstPanel = chunk % {groups} * {emitter.PanelsOfGroup};", $"var panels = Math.Min({emitter.PanelsOfGroup}, {panels} - firstPanel);"],
                $"var points = {points} + ({part} * {partFloats} * sizeof(float));",
                $"{method}({Address(contract.Rows)}, {Address(contract.Columns)}, points, Scratch(worker), firstBand, bands, (nuint)firstPanel, (nuint)panels);",
            ]);

        var lastWidth = Padding.LastPanelWidth(n);
        var from = $"{points} + {PanelOffset(WinogradTiles.Points * WinogradTiles.PointStride(k, Padding.PanelWidth))}";
        var gradient = WeightGradientTarget(contract.Result, $"(panel * {Padding.PanelWidth * 9 * k})", "9 * cell");
        yield return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: gradient of the weights, 6×6 → 3×3",
            $"{panels}",
            $"{(long)k * n * 40}",
            [
                panels == 1 ? "const int panel = 0;" : "var panel = chunk;",
                panels == 1 || lastWidth == Padding.PanelWidth ? $"const int cell = {k * lastWidth};"
                    : $"var cell = {k} * (panel < {panels - 1} ? {Padding.PanelWidth} : {lastWidth});",
                gradient.Begin,
                $"{library.AddWeightGradient()}({from}, (nuint)cell + {WinogradTiles.PointGap}, {partFloats}, (nuint)SumParts({parts}), gradient, (nuint)cell, {gradient.Accumulate});",
                .. gradient.End,
            ]);
    }

    /// <summary>A stage whose chunks are the panels of a weight matrix; the last may be narrower.</summary>
    private static CpuStage OfPanels(MatrixContract contract, string comment, Func<int, string> call)
    {
        var panels = Padding.Panels(contract.N);
        var lastWidth = Padding.LastPanelWidth(contract.N);
        List<string> body = panels == 1 ? ["const int panel = 0;", call(lastWidth)]
            : lastWidth == Padding.PanelWidth ? ["var panel = chunk;", call(lastWidth)]
            : ["var panel = chunk;", $"if (panel < {panels - 1})", "{", $"    {call(Padding.PanelWidth)}", "}", "else", "{", $"    {call(lastWidth)}", "}"];
        return new CpuStage(comment, $"{panels}", $"{(long)contract.K!.Value * contract.N * 4}", body);
    }

    private static string PanelOffset(int floats) => $"(panel * {floats} * sizeof(float))";
}
