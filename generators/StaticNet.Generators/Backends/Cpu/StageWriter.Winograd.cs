using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Stages of contractions by tiles.</summary>
internal sealed partial class StageWriter
{
    private int _scratchFloats;

    /// <summary>A gather or scatter: its weights are transformed first, then chunks are rows of tiles.</summary>
    private IEnumerable<CpuStage> Tiles(ContractKernel kernel, WinogradTiles tiles)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var emitter = new ContractEmitter(kernel, operands);
        var (k, n) = (tiles.Channels, contract.N);
        var method = emitter.AddTilesTo(
            library, Summary($"c[place, n] = Σ a[place + cell, k] · b[cell, k, n] by tiles of 4×4 places, k < {k}, n < {n}", kernel.Epilogue.Nodes, operands, contract.Result));
        _scratchFloats = Math.Max(_scratchFloats, emitter.TileScratch);

        var points = $"At({_plan.Points(contract.Result).Offset}, 0)";
        yield return OfPanels(
            contract,
            $"{contract.Columns.Origin}: the weights of tiles, 3×3 → 6×6",
            width => $"{library.AddWeightTransform()}({Address(contract.Columns)} + {PanelOffset(9 * 32 * k)}, {k * width}, {points} + {PanelOffset(WinogradTiles.Points * WinogradTiles.PointStride(k, 32))}, {WinogradTiles.PointStride(k, width)});");

        var bands = emitter.BandsOfBlock * (int)Math.Max(1, ChunkWork / ((long)emitter.BandsOfBlock * tiles.Across * WinogradTiles.Points * k * n));
        var arguments = string.Join(", ", operands.Items.Select(i => i.Node == contract.Columns && i.Name == "b" ? points : Address(i.Node, i.Placement)));
        yield return new CpuStage(
            $"{Origins(kernel)}: {ShapeText(contract.Rows)} → {ShapeText(contract.Result)} by tiles of 4×4 places",
            $"RowChunks({tiles.Down}, {bands})",
            $"{(long)tiles.Down * tiles.Across * WinogradTiles.Points * k * n}",
            [
                $"var (firstBand, bands) = RowChunk(chunk, {tiles.Down}, {bands});",
                $"{method}({arguments}, Scratch(worker), firstBand, bands);",
            ]);
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
            $"{Origins(kernel)}: gradient of the weights of tiles, {ShapeText(contract.Rows)} × {ShapeText(contract.Columns)}",
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
            $"{Origins(kernel)}: gradient of the weights, 6×6 → 3×3",
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
