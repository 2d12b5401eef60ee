using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Stages of contractions over windows.</summary>
internal sealed partial class StageWriter
{
    /// <summary>A gather or scatter: chunks are bands of lines of the result, all panels of them or, where weights are large, one.</summary>
    private CpuStage Lines(ContractKernel kernel)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var emitter = new ContractEmitter(kernel, operands);
        var (k, n) = (contract.K!.Value, contract.N);
        var (height, width) = (ContractEmitter.Lines(contract.Result), ContractEmitter.Width(contract.Result));
        if (kernel.Pooled is { } pooled)
        {
            // A line of places is as much work as those it is made of.
            (height, width) = (pooled.Down, width * pooled.Lines);
            _scratchFloats = Math.Max(_scratchFloats, pooled.Floats);
        }

        var windows = contract.Windows!;
        var method = emitter.AddLinesTo(
            library,
            Summary($"c[place, n] = Σ a[place · stride + cell, k] · b[cell, k, n], {windows.Cells} cells, n < {n}", kernel.Nodes.Skip(1), operands, contract.Result));

        // One panel is a chunk's where that is work enough: its weights are then read by one thread.
        var panels = Padding.Panels(n);
        var bands = emitter.Bands;
        var linesOfBand = (height + bands - 1) / bands;
        var workOfBand = (long)linesOfBand * width * k * Padding.To16(n);
        var byPanel = panels > 1 && bands * workOfBand / panels >= PanelWork;
        var floatsOfLine = Math.Max(1, contract.Rows.Shape.ConstantSize / ContractEmitter.Lines(contract.Rows));
        var workOfPart = byPanel ? workOfBand / panels : workOfBand;
        var most = (long)k * n >= LargeWeights && panels >= 4
            ? Math.Max(bands, RowFloats / floatsOfLine / linesOfBand)
            : (int)Math.Min(4096, Math.Max(1, ChunkWork / workOfPart));
        var fewest = (int)Math.Min(most, Math.Max(1, ThreadWork / workOfPart));
        var cut = $"{bands}, {fewest}, {most}";
        var arguments = string.Join(", ", operands.Items.Select(i => Address(i.Node, i.Placement)));
        return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: {ShapeText(contract.Rows)} → {ShapeText(kernel.Result)} through windows of {windows.Height.Cells}×{windows.Width.Cells}{Pooled(kernel)}",
            byPanel ? $"RowChunks({cut}) * {panels}" : $"RowChunks({cut})",
            $"{(long)height * width * k * n}",
            [
                $"var (first, count) = RowChunk({(byPanel ? $"chunk / {panels}" : "chunk")}, {cut});",
                $"{method}({arguments}, first, count, {(byPanel ? $"(nuint)(chunk % {panels}), 1" : $"0, {panels}")});",
            ]);
    }

    /// <summary>A weight gradient: each chunk sums some rows of one panel over the whole batch.</summary>
    private CpuStage WindowGradient(ContractKernel kernel)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var emitter = new ContractEmitter(kernel, operands);
        var (m, n) = (contract.M!.Value, contract.N);
        var method = emitter.AddWindowGradientTo(
            library, $"c[m, n] = Σ a[place · stride + m] · b[place, n] over all places, m < {m}, n < {n}: the gradient of a window's weights");

        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var (runs, length) = emitter.GradientRuns;
        var pieces = (length + GradientRows - 1) / GradientRows;
        var rows = Math.Min(length, ((length + pieces - 1) / pieces + 11) / 12 * 12);
        _gradientChunkFloats = Math.Max(_gradientChunkFloats, rows * Math.Min(32, Padding.To16(n)));
        var gradient = WeightGradientTarget(contract.Result, "offset", "rows * width");
        List<string> body =
        [
            panels == 1 ? "const int panel = 0;" : $"var panel = chunk % {panels};",
            runs * pieces == 1 ? "const int run = 0, firstRow = 0;"
                : $"var (run, firstRow) = ({Quotient(Quotient("chunk", panels), pieces)}, {(pieces == 1 ? "0" : $"{Quotient("chunk", panels)} % {pieces} * {rows}")});",
            length == rows ? $"const int rows = {rows};" : $"var rows = Math.Min({rows}, {length} - firstRow);",
            panels == 1 || lastWidth == 32 ? $"const int width = {(panels == 1 ? lastWidth : 32)};" : $"var width = panel == {panels - 1} ? {lastWidth} : 32;",
            $"var offset = (panel * {32 * m}) + (((run * {length}) + firstRow) * width);",
            $"var image = {Address(contract.Rows)} + (({emitter.GradientRun("run")} + firstRow) * sizeof(float));",
            gradient.Begin,
            $"{method}(image, {Address(contract.Columns)}, gradient, {gradient.Accumulate}, (nuint)Batch, (nuint)rows, (nuint)panel);",
            .. gradient.End,
        ];
        return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: gradient of the weights, {ShapeText(contract.Rows)} × {ShapeText(contract.Columns)}",
            $"{runs * pieces * panels}",
            $"{(long)ContractEmitter.Lines(contract.Columns) * ContractEmitter.Width(contract.Columns) * m * n}",
            body);

        static string Quotient(string value, int divisor) => divisor == 1 ? value : $"{value} / {divisor}";
    }

    /// <summary>Where a piece of the gradient of a window's weights goes: that of joined groups, which has yet to be parted, into the work area.</summary>
    private (string Begin, string Accumulate, IEnumerable<string> End) WeightGradientTarget(Node result, string offset, string length) =>
        _plan.Targets(result)[0].Kind == PlacementKind.Gradient
            ? (BeginGradient(result, offset), "Accumulate", EndGradients(result, offset, length))
            : ($"var gradient = {Address(result)} + ({offset} * sizeof(float));", "false", []);

    /// <summary>What a gradient of joined groups has for each output's own: a chunk is a panel.</summary>
    private CpuStage PartGroups(Node node, GroupsOperation operation)
    {
        var (outputs, inputs) = (node.Shape[0].Size, node.Shape[1].Size);
        var cells = node.Shape.ConstantSize / outputs / inputs;
        var (panels, lastWidth, rows) = (Padding.Panels(outputs), Padding.LastPanelWidth(outputs), inputs * cells);
        _gradientChunkFloats = Math.Max(_gradientChunkFloats, rows * (panels == 1 ? lastWidth : Padding.PanelWidth));
        return new CpuStage(
            $"{node.Origin}: the gradient of the weights, {node.Operands[0].Shape} → {node.Shape}",
            $"{panels}",
            $"{node.Shape.ConstantSize}",
            [
                panels == 1 || lastWidth == 32 ? $"const int width = {(panels == 1 ? lastWidth : 32)};" : $"var width = chunk == {panels - 1} ? {lastWidth} : 32;",
                $"var offset = chunk * {32 * rows};",
                BeginGradient(node, "offset"),
                $"Views.PartGroups({Address(node.Operands[0])}, {outputs}, {inputs}, {cells}, {operation.Groups}, {operation.Together}, chunk, gradient, Accumulate);",
                .. EndGradients(node, "offset", $"{rows} * width"),
            ]);
    }

    private static string Pooled(ContractKernel kernel) => kernel.Pooled is null ? "" : ", pooled";

    private static string ShapeText(Node node) => node.Shape.ToString();
}
