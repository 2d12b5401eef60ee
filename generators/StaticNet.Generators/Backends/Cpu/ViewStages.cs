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
                [$"Views.Turn({From(node.Operands[0])}, {node.Shape[1]}, {node.Shape[0]}, {To(node)});"]),
            ConcatOperation { Axis: var axis } when axis == node.Shape.Rank - 1 => Copy(node, perSample, Concat(node)),
            SliceOperation { Axis: var axis } slice when axis == node.Shape.Rank - 1 => Copy(
                node, perSample, [CopyRows(node.Operands[0], slice.Start, node, 0, slice.Length), .. Clear(node, slice.Length)]),
            PadOperation { Axis: var axis } pad when axis == node.Shape.Rank - 1 => Copy(node, perSample, Pad(node, pad)),
            RandomOperation random => Copy(node, perSample,
            [
                $"Philox.FillUniform({To(node)}, (int)rows, {node.Shape.Last}, {Operands.Stride(node, plan[node])}, RandomKey, RandomStep, {random.Stream}u, (int)firstRow);",
            ]),
            _ => throw new NotSupportedException($"No kernel for {node}."),
        };
    }

    private static CpuStage Copy(Node node, int perSample, IReadOnlyList<string> body) => new(
        $"{node.Origin}: [{(perSample == 1 ? "batch" : $"batch·{perSample}")}, {node.Shape.Last}]",
        $"RowChunks({perSample}, {RowsPerChunk})",
        $"{node.Shape.ConstantSize}",
        [$"var (firstRow, rows) = RowChunk(chunk, {perSample}, {RowsPerChunk});", .. body]);

    private IReadOnlyList<string> Concat(Node node)
    {
        var lines = new List<string>();
        var column = 0;
        foreach (var operand in node.Operands)
        {
            lines.Add(CopyRows(operand, 0, node, column, operand.Shape.Last.Size));
            column += operand.Shape.Last.Size;
        }

        return [.. lines, .. Clear(node, column)];
    }

    private IReadOnlyList<string> Pad(Node node, PadOperation pad)
    {
        var length = node.Operands[0].Shape.Last.Size;
        List<string> lines = [CopyRows(node.Operands[0], 0, node, pad.Before, length)];
        if (pad.Before > 0)
        {
            lines.Add(ClearColumns(node, 0, pad.Before));
        }

        if (pad.After > 0)
        {
            lines.Add(ClearColumns(node, pad.Before + length, pad.After));
        }

        return [.. lines, .. Clear(node, pad.Before + length + pad.After)];
    }

    private string CopyRows(Node source, int sourceColumn, Node target, int targetColumn, int columns) =>
        $"Views.CopyRows({From(source)}, {Operands.Stride(source, plan[source])}, {sourceColumn}, {To(target)}, {Operands.Stride(target, plan[target])}, {targetColumn}, {columns}, firstRow, rows);";

    private string ClearColumns(Node target, int column, int columns) =>
        $"Views.ClearColumns({To(target)}, {Operands.Stride(target, plan[target])}, {column}, {columns}, firstRow, rows);";

    /// <summary>Zeros up to the next whole vector, where rows have room for them.</summary>
    private IEnumerable<string> Clear(Node node, int columns) =>
        Operands.IsPadded(node, plan[node]) && columns % 16 != 0 ? [ClearColumns(node, columns, 16 - (columns % 16))] : [];

    private string From(Node node) => address(node, plan[node]);

    private string To(Node node) => address(node, plan.Targets(node)[0]);
}
