using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Stages that move or fill memory: the library's code, told where and how much.</summary>
internal sealed class ViewStages(MemoryPlan plan, Func<Node, Placement, string> address)
{
    private const int RowsPerChunk = 256;

    public CpuStage Stage(Node node)
    {
        var perSample = node.Shape.HasBatch ? node.Shape.ConstantSize / node.Shape.Last.Size : 1;
        return node.Operation switch
        {
            TransposeOperation when !node.Shape.HasBatch => new CpuStage(
                $"{node.Origin}: the weights turned, [{node.Shape[1]}, {node.Shape[0]}] → [{node.Shape[0]}, {node.Shape[1]}]",
                "1",
                "0",
                [$"Views.Turn({From(node.Operands[0])}, {node.Shape[1]}, {node.Shape[0]}, {address(node, plan[node])});"]),
            ConcatOperation { Axis: var axis } when axis == node.Shape.Rank - 1 => Copy(node, perSample, target => Concat(node, target)),
            SliceOperation { Axis: var axis } slice when axis == node.Shape.Rank - 1 => Copy(
                node,
                perSample,
                target => [CopyRows(node.Operands[0], slice.Start, node, target, 0, slice.Length), .. Clear(node, target, slice.Length)]),
            PadOperation { Axis: var axis } pad when axis == node.Shape.Rank - 1 => Copy(node, perSample, target => Pad(node, target, pad)),
            RandomOperation random => Copy(node, perSample, target => [Fill(node, target, random)]),
            _ => throw new NotSupportedException($"No kernel for {node}."),
        };
    }

    /// <summary>A value goes to every place that it is wanted in.</summary>
    private CpuStage Copy(Node node, int perSample, Func<Placement, IReadOnlyList<string>> body) => new(
        $"{node.Origin}: [{(perSample == 1 ? "batch" : $"batch·{perSample}")}, {node.Shape.Last}]",
        $"RowChunks({perSample}, {RowsPerChunk})",
        $"{node.Shape.ConstantSize}",
        [$"var (firstRow, rows) = RowChunk(chunk, {perSample}, {RowsPerChunk});", .. plan.Targets(node).SelectMany(body)]);

    private string Fill(Node node, Placement target, RandomOperation random)
    {
        var stride = Operands.Stride(node, target);
        return $"Philox.FillUniform({address(node, target)} + ((nint)firstRow * {stride} * sizeof(float)), (int)rows, {node.Shape.Last}, {stride}, RandomKey, RandomStep, {random.Stream}u, (int)firstRow);";
    }

    private IReadOnlyList<string> Concat(Node node, Placement target)
    {
        var lines = new List<string>();
        var column = 0;
        foreach (var operand in node.Operands)
        {
            lines.Add(CopyRows(operand, 0, node, target, column, operand.Shape.Last.Size));
            column += operand.Shape.Last.Size;
        }

        return [.. lines, .. Clear(node, target, column)];
    }

    private IReadOnlyList<string> Pad(Node node, Placement target, PadOperation pad)
    {
        var length = node.Operands[0].Shape.Last.Size;
        List<string> lines = [CopyRows(node.Operands[0], 0, node, target, pad.Before, length)];
        if (pad.Before > 0)
        {
            lines.Add(ClearColumns(node, target, 0, pad.Before));
        }

        if (pad.After > 0)
        {
            lines.Add(ClearColumns(node, target, pad.Before + length, pad.After));
        }

        return [.. lines, .. Clear(node, target, pad.Before + length + pad.After)];
    }

    private string CopyRows(Node source, int sourceColumn, Node node, Placement target, int targetColumn, int columns) =>
        $"Views.CopyRows({From(source)}, {Operands.Stride(source, plan[source])}, {sourceColumn}, {address(node, target)}, {Operands.Stride(node, target)}, {targetColumn}, {columns}, firstRow, rows);";

    private string ClearColumns(Node node, Placement target, int column, int columns) =>
        $"Views.ClearColumns({address(node, target)}, {Operands.Stride(node, target)}, {column}, {columns}, firstRow, rows);";

    /// <summary>Zeros up to the next whole vector, where rows have room for them.</summary>
    private IEnumerable<string> Clear(Node node, Placement target, int columns) =>
        Operands.IsPadded(node, target) && columns % 16 != 0 ? [ClearColumns(node, target, columns, 16 - (columns % 16))] : [];

    private string From(Node node) => address(node, plan[node]);
}
