using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Stages that move or fill memory: the library's code, told where and how much.</summary>
internal sealed class ViewStages(MemoryPlan plan, Func<Node, Placement, string> address)
{
    private const int RowsPerChunk = 256;

    private const int FloatsPerChunk = 16384;

    public CpuStage Stage(Node node)
    {
        var perSample = node.Shape.HasBatch ? node.Shape.ConstantSize / node.Shape.Last.Size : 1;
        return node.Operation switch
        {
            TransposeOperation when !node.Shape.HasBatch => TurnCells(node),
            TransposeOperation transpose => Transpose(node, transpose.Order),
            GroupsOperation groups => JoinGroups(node, groups),
            ConcatOperation concat => Concat(node, concat.Axis),
            RandomOperation random => Copy(node, perSample, target => [Fill(node, target, random)]),
            _ => throw new NotSupportedException($"No kernel for {node}."),
        };
    }

    /// <summary>The weights of a window, each cell a matrix, turned and last cell first.</summary>
    private CpuStage TurnCells(Node node)
    {
        var cells = node.Shape.Extents.Skip(2).Aggregate(1, (product, extent) => product * extent.Size);
        return new CpuStage(
            $"{node.Origin}: the weights turned around, {node.Operands[0].Shape} → {node.Shape}",
            $"{cells}",
            $"{node.Shape.ConstantSize}",
            [$"Views.TurnCell({From(node.Operands[0])}, {node.Shape[1]}, {node.Shape[0]}, {cells}, chunk, {address(node, plan[node])});"]);
    }

    /// <summary>The weights of joined groups, cell by cell; turned also last cell first.</summary>
    private CpuStage JoinGroups(Node node, GroupsOperation operation)
    {
        var weights = node.Operands[0].Shape;
        var (outputs, inputs) = (weights[0].Size, weights[1].Size);
        var cells = weights.ConstantSize / outputs / inputs;
        var (method, what) = operation.Form == GroupsForm.Turned ? ("TurnGroups", "turned around") : ("JoinGroups", $"of {operation.Together} groups together");
        return new CpuStage(
            $"{node.Origin}: the weights {what}, {weights} → {node.Shape}",
            $"{cells}",
            $"{node.Shape.ConstantSize}",
            [$"Views.{method}({From(node.Operands[0])}, {outputs}, {inputs}, {cells}, {operation.Groups}, {operation.Together}, chunk, {address(node, plan[node])});"]);
    }

    /// <summary>A value goes to every place that it is wanted in.</summary>
    private CpuStage Copy(Node node, int perSample, Func<Placement, IReadOnlyList<string>> body) => new(
        $"{node.Origin}: [{(perSample == 1 ? "batch" : $"batch·{perSample}")}, {node.Shape.Last}]",
        $"RowChunks({perSample}, {RowsPerChunk})",
        $"{node.Shape.ConstantSize}",
        [$"var (firstRow, rows) = RowChunk(chunk, {perSample}, {RowsPerChunk});", .. plan.Targets(node).SelectMany(body)]);

    private string Fill(Node node, Placement target, RandomOperation random)
    {
        var stride = target.StrideOf(node);
        return $"Philox.FillUniform({address(node, target)} + ((nint)firstRow * {stride} * sizeof(float)), (int)rows, {node.Shape.Last}, {stride}, RandomKey, RandomStep, {random.Stream}u, (int)firstRow);";
    }

    private CpuStage Transpose(Node node, EquatableArray<int> order)
    {
        var source = node.Operands[0];
        var from = Steps(source, plan[source]);
        var extents = node.Shape.Sample.ToArray();
        var rows = node.Shape.ConstantSize / node.Shape.Last.Size / extents[0];
        return Lines(node, BoxRange.All(1), BoxRange.All(rows), target =>
        {
            var to = Steps(node, target);
            return
            [
                $"Views.Transpose({From(source)}, {from[0]}, {address(node, target)}, {to[0]}, [{string.Join(", ", extents)}], "
                + $"[{string.Join(", ", order.Skip(1).Select(axis => from[axis]))}], [{string.Join(", ", to.Skip(1))}], first, lines);",
                .. ClearColumns(node, target, BoxRange.All(rows), node.Shape.Last.Size, Width(node, target)),
            ];
        });

        // How far a step along each axis is, the batch among them.
        static int[] Steps(Node value, Placement place)
        {
            var steps = new int[value.Shape.Rank];
            var step = place.StrideOf(value);
            steps[steps.Length - 1] = 1;
            for (var axis = steps.Length - 2; axis >= 0; axis--)
            {
                steps[axis] = step;
                step *= axis == 0 ? 1 : value.Shape[axis].Size;
            }

            return steps;
        }
    }

    /// <summary>A box of a value, in as many lines as a chunk of a fair size has.</summary>
    public CpuStage Stage(BoxKernel kernel)
    {
        var result = kernel.Result;
        var (lines, rows, columns) = kernel.View.AsRows() ?? throw new NotSupportedException($"No kernel for {result}.");
        return Lines(result, lines, rows, target =>
        [
            .. lines.Length > 0 && rows.Length > 0 && columns.Length > 0 && plan[kernel.View.Source].Border is null ? [CopyBox(kernel.View.Source, result, target, lines, rows, columns)] : (string[])[],
            .. lines.Target > lines.Length || rows.Target > rows.Length ? [ClearAround(result, target, lines, rows, columns)] : (string[])[],
            .. ClearColumns(result, target, rows, 0, columns.To),
            .. plan[kernel.View.Source].StrideOf(kernel.View.Source) == target.StrideOf(result) && columns.Length == columns.Source && columns.Length == columns.Target
                ? (string[])[]
                : ClearColumns(result, target, rows, columns.To + columns.Length, Width(result, target)),
        ]);
    }

    /// <summary>Each operand is a range of the axis, in all that the axes before it enumerate.</summary>
    private CpuStage Concat(Node node, int axis)
    {
        var isLast = axis == node.Shape.Rank - 1;
        var after = isLast ? 1 : node.Shape.Extents.Skip(axis + 1).Take(node.Shape.Rank - axis - 2).Aggregate(1, (rows, extent) => rows * extent.Size);
        var (total, columns) = (node.Shape[axis].Size, node.Shape.Last.Size);
        var all = isLast ? BoxRange.All(1) : BoxRange.All(total * after);
        return Lines(node, BoxRange.All(1), all, target =>
        {
            var lines = new List<string>();
            var start = 0;
            foreach (var operand in node.Operands)
            {
                var length = operand.Shape[axis].Size;
                var range = new BoxRange(length, 0, total, start, length);
                lines.Add(isLast
                    ? CopyBox(operand, node, target, BoxRange.All(1), BoxRange.All(1), range)
                    : CopyBox(
                        operand, node, target, BoxRange.All(1),
                        new(length * after, 0, total * after, start * after, length * after), BoxRange.All(columns)));
                start += length;
            }

            return [.. lines, .. ClearColumns(node, target, all, columns, Width(node, target))];
        });
    }

    private CpuStage Lines(Node node, BoxRange lines, BoxRange rows, Func<Placement, IReadOnlyList<string>> body)
    {
        var perSample = node.Shape.ConstantSize / node.Shape.Last.Size / rows.Target;
        var perChunk = Math.Max(1, FloatsPerChunk / (rows.Target * node.Shape.Last.Size));
        return new(
            $"{node.Origin}: [{(perSample == 1 ? "batch" : $"batch·{perSample}")}, {(rows.Target == 1 ? "" : $"{rows.Target}, ")}{node.Shape.Last}]",
            $"RowChunks({perSample}, {perChunk})",
            $"{node.Shape.ConstantSize}",
            [$"var (first, lines) = RowChunk(chunk, {perSample}, {perChunk});", .. plan.Targets(node).SelectMany(body)]);
    }

    private string CopyBox(Node source, Node node, Placement target, BoxRange lines, BoxRange rows, BoxRange columns) =>
        $"Views.CopyBox({From(source)}, {plan[source].StrideOf(source)}, {address(node, target)}, {target.StrideOf(node)}, {Text(lines, rows, columns)}, first, lines);";

    private string ClearAround(Node node, Placement target, BoxRange lines, BoxRange rows, BoxRange columns) =>
        $"Views.ClearAround({address(node, target)}, {target.StrideOf(node)}, {Text(lines, rows, columns)}, first, lines);";

    private IEnumerable<string> ClearColumns(Node node, Placement target, BoxRange rows, int column, int end) => end <= column ? [] :
        [$"Views.ClearColumns({address(node, target)}, {target.StrideOf(node)}, {column}, {end - column}, first * {rows.Target}, lines * {rows.Target});"];

    /// <summary>Columns with the zeros up to the next whole vector, where rows have room for them.</summary>
    private static int Width(Node node, Placement target) =>
        target.IsPaddedFor(node) ? Padding.To16(node.Shape.Last.Size) : node.Shape.Last.Size;

    private static string Text(BoxRange lines, BoxRange rows, BoxRange columns) => $"new({Text(lines)}, {Text(rows)}, {Text(columns)})";

    private static string Text(BoxRange range) => $"new({range.Source}, {range.From}, {range.Target}, {range.To}, {range.Length})";

    private string From(Node node) => address(node, plan[node]);
}
