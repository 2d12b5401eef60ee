using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// Turns the kernels of a program into stages: which method, with which memory, in which chunks. Chunks are fixed by shape and batch.
/// </summary>
internal sealed partial class StageWriter(NetworkProgram program, KernelLibrary library, ParameterPlaces parameters)
{
    /// <summary>Multiply-adds that a chunk has where there are many: handing it to a thread takes no time then.</summary>
    private const int ChunkWork = 1_500_000;

    /// <summary>Multiply-adds that are worth a thread's while, where there are few.</summary>
    private const int ThreadWork = 150_000;

    /// <summary>Multiply-adds of a sample in one panel that are worth a chunk.</summary>
    private const int PanelWork = 40_000;

    /// <summary>Floats of a weight matrix above which each chunk takes one panel and all rows, so that weights are read once.</summary>
    private const int LargeWeights = 128 * 1024;

    /// <summary>Floats of input rows in a chunk of such a kernel: a third of a second-level cache, which they share with a panel.</summary>
    private const int RowFloats = 96 * 1024;

    /// <summary>Rows of a weight gradient in one chunk: with 32 columns a piece that stays in the first-level cache.</summary>
    private const int GradientRows = 252;

    /// <summary>Cells times columns that windows of a chunk have.</summary>
    private const int PoolWork = 64 * 1024;

    private readonly MemoryPlan _plan = program.Plan;

    private int _gradientChunkFloats = 16;

    public static ProgramStages Of(NetworkProgram program, KernelLibrary library, ParameterPlaces parameters, string form)
    {
        var writer = new StageWriter(program, library, parameters);
        var stages = Together(writer.Stages());
        return new ProgramStages(program.Kind, stages, WorkArea.Of(program.Plan), writer._gradientChunkFloats, writer._scratchFloats, form);
    }

    private IEnumerable<CpuStage> Stages() => program.Kernels.Skip(program.First).Take(program.End - program.First)
        .SelectMany(kernel => kernel switch
        {
            BoxKernel box when _plan.IsBordered(box.Result) => [],
            ColumnSumKernel sums => Sums(sums),
            ContractKernel { Tiles: { } tiles, Contract.GivesWeights: true } tiled => TileGradient(tiled, tiles),
            ContractKernel { Tiles: { } tiles } tiled => Tiles(tiled, tiles).Select(stage => IfWanted(stage, tiled)),
            _ => [IfWanted(StageOf(kernel), kernel)],
        });

    /// <summary>Short work that any thread may do, several in a row, is one stage.</summary>
    private static List<CpuStage> Together(IEnumerable<CpuStage> stages)
    {
        var result = new List<CpuStage>();
        CpuStage? first = null;
        foreach (var stage in stages)
        {
            var isShort = stage is { Chunks: "1", Work: "0", Body.Count: 1 };
            if (!isShort || first is null)
            {
                first = isShort ? stage : null;
                result.Add(stage);
                continue;
            }

            var before = result[result.Count - 1];
            result[result.Count - 1] = before with
            {
                Comment = before == first ? $"{first.Comment}, and what follows" : before.Comment,
                Body = [.. before == first ? [$"// {first.Comment}"] : (string[])[], .. before.Body, $"// {stage.Comment}", .. stage.Body],
            };
        }

        return result;
    }

    /// <summary>What only makes gradients of inputs is left out when nobody wants them.</summary>
    private CpuStage IfWanted(CpuStage stage, Kernel kernel)
    {
        var targets = kernel.Writes.SelectMany(_plan.Targets).ToList();
        return targets.Count > 0 && targets.TrueForAll(target => target.Kind == PlacementKind.InputGradient)
            ? stage with { Chunks = $"({string.Join(" | ", targets.Select(target => $"InputGradient{target.Ordinal}").Distinct())}) == 0 ? 0 : {stage.Chunks}" }
            : stage;
    }

    private CpuStage StageOf(Kernel kernel) => kernel switch
    {
        ContractKernel { Contract: { Windows: not null, GivesWeights: true } } contract => WindowGradient(contract),
        ContractKernel { Contract.Windows: not null } contract => Lines(contract),
        ContractKernel { Contract.GivesWeights: true } contract => WeightGradient(contract),
        ContractKernel contract => Product(contract),
        RowKernel { Program.IsShared: true } row => SharedRow(row),
        RowKernel row => Rows(row),
        PoolKernel pool => Pool(pool),
        NodeKernel { Node.Operation: ExtentOperation } number => BatchSize(number.Node),
        NodeKernel { Node: { Operation: MapOperation { Body: Literal { Value: 0 } }, Shape.HasBatch: false } } unused => Zeros(unused.Node),
        NodeKernel { Node: { Operation: GroupsOperation { Form: GroupsForm.Parted } groups } parted } => PartGroups(parted, groups),
        NodeKernel node => new ViewStages(_plan, Address).Stage(node.Node),
        BoxKernel box => new ViewStages(_plan, Address).Stage(box),
        _ => throw new NotSupportedException($"No kernel for {kernel}."),
    };

    private CpuStage Product(ContractKernel kernel)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var sparse = contract is { TurnsColumns: false, Columns.Operation: ParameterOperation { Parameter.Name: var weights } } ? parameters.Sparse(weights) : null;
        var emitter = new ContractEmitter(kernel, operands, sparse);
        var (k, n) = (contract.K!.Value, contract.N);
        var method = emitter.AddTo(
            library, Summary($"c[m, n] = Σ a[m, k] · b[k, n], k < {k}, n < {n}", kernel.Epilogue.Nodes, operands, contract.Result));

        _scratchFloats = Math.Max(_scratchFloats, emitter.TurnedFloats);

        var perSample = contract.Result.Shape.ConstantSize / n;
        var panels = Padding.Panels(n);
        var large = (long)k * n >= LargeWeights && panels >= 4;
        var rows = large
            ? Math.Max(24, RowFloats / k / 12 * 12)
            : Math.Min(480, Math.Max(12, (ChunkWork / (k * n) + 11) / 12 * 12));
        var arguments = string.Join(", ", operands.Items.Select(i => Address(i.Node, i.Placement)));
        return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: [{Batch(perSample)}, {k}] × [{k}, {n}]",
            large ? $"RowChunks({perSample}, {rows}) * {panels}" : $"RowChunks({perSample}, {rows})",
            $"{perSample * (sparse?[0].Weights.Length ?? (long)k * n)}",
            [
                $"var (firstRow, rows) = RowChunk({(large ? $"chunk / {panels}" : "chunk")}, {perSample}, {rows});",
                $"{method}({arguments}, {(contract.TurnsColumns ? "Scratch(worker), " : "")}firstRow, rows, {(large ? $"(nuint)(chunk % {panels}), 1" : $"0, {panels}")});",
            ]);
    }

    private CpuStage WeightGradient(ContractKernel kernel)
    {
        var contract = kernel.Contract;
        var operands = new Operands(_plan);
        var emitter = new ContractEmitter(kernel, operands);
        var (m, n) = (contract.M!.Value, contract.N);
        var method = emitter.AddTo(
            library, $"c[m, n] = Σ a[k, m] · b[k, n] over all rows k, m < {m}, n < {n}: the gradient of a weight matrix");

        var panels = Padding.Panels(n);
        var lastWidth = Padding.LastPanelWidth(n);
        var blocks = (m + GradientRows - 1) / GradientRows;
        var rows = Math.Min(m, ((m + blocks - 1) / blocks + 11) / 12 * 12);
        var perSample = contract.Rows.Shape.ConstantSize / contract.Rows.Shape.Last.Size;
        _gradientChunkFloats = Math.Max(_gradientChunkFloats, rows * Math.Min(32, Padding.To16(n)));
        List<string> body =
        [
            panels == 1 ? "const int panel = 0;" : $"var panel = chunk % {panels};",
            blocks == 1 ? "const int firstRow = 0;" : $"var firstRow = {(panels == 1 ? "chunk" : $"chunk / {panels}")} * {rows};",
            blocks == 1 ? $"const int rows = {m};" : $"var rows = Math.Min({rows}, {m} - firstRow);",
            panels == 1 || lastWidth == 32 ? $"const int width = {(panels == 1 ? lastWidth : 32)};" : $"var width = panel == {panels - 1} ? {lastWidth} : 32;",
            $"var offset = (panel * {32 * m}) + (firstRow * width);",
            BeginGradient(contract.Result, "offset"),
            $"{method}({Address(contract.Rows)}, {Address(contract.Columns)}, gradient, Accumulate, {RowCount(perSample)}, {(blocks == 1 ? "firstRow" : "(nuint)firstRow")}, {(blocks == 1 ? "rows" : "(nuint)rows")}, {(panels == 1 ? "panel" : "(nuint)panel")});",
            .. EndGradients(contract.Result, "offset", "rows * width"),
        ];
        return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: gradient of the weights, [{m}, {Batch(perSample)}] × [{Batch(perSample)}, {n}]",
            $"{blocks * panels}",
            $"{(long)perSample * m * n}",
            body);
    }

    private IEnumerable<CpuStage> Sums(ColumnSumKernel kernel)
    {
        _gradientChunkFloats = Math.Max(
            _gradientChunkFloats, Padding.To16(kernel.RowsPerSample == 1 ? Math.Min(kernel.Program.Columns, 16 * ColumnSumStages.Blocks) : kernel.Program.Columns));
        return new ColumnSumStages(_plan, library, Address, Offset).Stages(
            kernel, NetworkProgram.Origins(kernel), operands => Summary("sums over all rows", kernel.Nodes, operands, null));
    }

    /// <summary>The gradient of a parameter that the loss does not depend on.</summary>
    private CpuStage Zeros(Node node)
    {
        var parameter = Parameter(_plan.Targets(node)[0]);
        var floats = Padding.Floats(parameter);
        _gradientChunkFloats = Math.Max(_gradientChunkFloats, floats);
        return new CpuStage(
            $"{parameter.Name}: nothing depends on it",
            "1",
            "0",
            [
                BeginGradient(node, "0"),
                $"Lanes.Clear(gradient, Accumulate ? 0 : {floats});",
                .. EndGradients(node, "0", $"{floats}"),
            ]);
    }

    private CpuStage Rows(RowKernel kernel)
    {
        var (method, arguments, sizes) = Method(kernel);
        var columns = kernel.Program.Columns;
        var perSample = kernel.Program.RowsPerSample;
        var rows = Math.Max(16, 16384 / columns);
        return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: [{Batch(perSample)}, {columns}]",
            $"RowChunks({perSample}, {rows})",
            $"{perSample * columns * 8 * kernel.Program.Nodes.Count}",
            [
                $"var (firstRow, rows) = RowChunk(chunk, {perSample}, {rows});",
                $"{method}({arguments}, firstRow, rows{sizes});",
            ]);
    }

    private CpuStage Pool(PoolKernel kernel)
    {
        var (node, shape, columns) = (kernel.Pool, kernel.Shape, kernel.Epilogue.Columns);
        var operands = new Operands(_plan);
        var emitter = new PoolEmitter(kernel, operands);
        var cells = $"cells {shape.Height}×{shape.Width}×{columns}";
        var method = library.Add(
            $"{(node.Operation is PoolOperation ? "Pool" : "PoolGradient")}{shape.Height}x{shape.Width}x{columns}",
            Summary($"{GraphText.Of(node.Operation)}, {cells}", kernel.Epilogue.Nodes, operands, node),
            emitter.Signature,
            emitter.Write);

        // Windows that share cells add to them: an image, which is cleared first, is one chunk's alone.
        var lines = shape.Images * shape.PlacesDown;
        var work = shape.Cells * shape.PlacesAcross * columns;
        var together = kernel.HasEpilogue ? Math.Max(1, PoolWork / work) : Math.Max(1, PoolWork / (work * shape.PlacesDown)) * shape.PlacesDown;
        List<string> body = [$"var (firstLine, lines) = RowChunk(chunk, {lines}, {together});"];
        if (!kernel.HasEpilogue)
        {
            body.AddRange(_plan.Targets(node).Select(target =>
            {
                var floats = target.StrideOf(node) * shape.Height * shape.Width;
                return $"Views.ClearColumns({Address(node, target)}, {floats}, 0, {floats}, firstLine / {shape.PlacesDown}, lines / {shape.PlacesDown});";
            }));
        }

        body.Add($"{method}({string.Join(", ", operands.Items.Select(i => Address(i.Node, i.Placement)))}, firstLine, lines);");
        return new CpuStage(
            $"{NetworkProgram.Origins(kernel)}: {GraphText.Of(node.Operation)}, [{Batch(shape.Images)}, {shape.Height}, {shape.Width}, {columns}]",
            $"RowChunks({lines}, {together})",
            $"{(long)lines * work}",
            body);
    }

    /// <summary>One row for all samples; gradients in it are handed on when it is done.</summary>
    private CpuStage SharedRow(RowKernel kernel)
    {
        var (method, arguments, sizes) = Method(kernel);
        var gradients = kernel.Writes.SelectMany(node => _plan.Targets(node)
            .Where(target => target.Kind == PlacementKind.Gradient)
            .Select(target => $"AddGradient({Offset(target)}, {Padding.To16(node.Shape.Last.Size)}, {Address(node)});"));
        return new CpuStage($"{NetworkProgram.Origins(kernel)}: [{kernel.Program.Columns}]", "1", "0", [$"{method}({arguments}, 0, 1{sizes});", .. gradients]);
    }

    private (string Method, string Arguments, string Sizes) Method(RowKernel kernel)
    {
        var operands = new Operands(_plan);
        var emitter = new RowEmitter(kernel, operands);
        emitter.Bind();
        var method = library.Add(
            emitter.Columns is { } columns ? $"Rows{columns}" : "Rows",
            Summary(emitter.Columns is { } all ? $"each row of {all}" : "each row", kernel.Program.Nodes, operands, null),
            emitter.Signature,
            (writer, dialect) => emitter.Write(writer, dialect, KernelLibrary.Name));
        return (method, string.Join(", ", operands.Items.Select(i => Address(i.Node, i.Placement))), emitter.Sizes);
    }

    private CpuStage BatchSize(Node number) => new(
        "the number of samples", "1", "0", [$"Lanes.Clear({Address(number)}, 16);", $"StaticNet.Execution.Address.ToRef({Address(number)}) = Batch;"]);

    private string BeginGradient(Node gradient, string offset) =>
        $"var gradient = BeginGradient({Offset(_plan.Targets(gradient)[0])} + {offset}, worker);";

    /// <summary>Two parameters that enter a sum alike have one gradient: it is computed once and belongs to both.</summary>
    private IEnumerable<string> EndGradients(Node gradient, string offset, string length) =>
        _plan.Targets(gradient).Select(target => $"EndGradient({Offset(target)} + {offset}, {length}, gradient);");

    private static string Summary(string title, IEnumerable<Node> nodes, Operands operands, Node? source) => KernelSummary.Of(title, nodes, operands.Read, source);

    private string Address(Node node) => Address(node, _plan[node]);

    private string Address(Node node, Placement placement) => placement.Kind switch
    {
        PlacementKind.Arena => $"At({_plan.FixedFloats}, {placement.Offset})",
        PlacementKind.Fixed => $"At({placement.Offset}, 0)",
        PlacementKind.Parameter => parameters.Address(Parameter(placement).Name),
        PlacementKind.InputGradient when placement.Spare is { } spare =>
            $"(InputGradient{placement.Ordinal} == 0 ? {Address(node, spare)} : InputGradient{placement.Ordinal})",
        PlacementKind.Input or PlacementKind.InputGradient => $"{placement.Kind}{placement.Ordinal}",
        PlacementKind.Scratch => "Scratch(worker)",
        _ => $"{placement.Kind}",
    };

    private int Offset(Placement placement) => parameters[Parameter(placement).Name];

    private ParameterSpec Parameter(Placement placement) =>
        ((ParameterOperation)program.Graph.Parameters.ElementAt(placement.Ordinal).Operation).Parameter;

    private static string Batch(int perSample) => perSample == 1 ? "batch" : $"batch·{perSample}";

    private static string RowCount(int perSample) => perSample == 1 ? "(nuint)Batch" : $"(nuint)Batch * {perSample}";
}
