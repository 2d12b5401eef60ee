using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Writes copies: each thread gathers some columns of a row of the result.</summary>
internal sealed class PtxViewEmitter
{
    private readonly Node _node;
    private readonly MemoryPlan _plan;
    private readonly PtxWriter _writer = new();
    private readonly PtxOperands _operands;

    private PtxViewEmitter(Node node, MemoryPlan plan) => (_node, _plan, _operands) = (node, plan, new PtxOperands(_writer, plan));

    private int Rows => _node.Shape.ConstantSize / Columns;

    private int Columns => _node.Shape.Last.Size;

    /// <summary>Slices and pads; only the border of an image that is inside it already.</summary>
    public static PtxKernel Box(BoxKernel kernel, MemoryPlan plan) => new PtxViewEmitter(kernel.Result, plan).Box(kernel);

    /// <summary>The operands one behind the other along an axis.</summary>
    public static PtxKernel Concat(Node node, MemoryPlan plan) => new PtxViewEmitter(node, plan).Concat(((ConcatOperation)node.Operation).Axis);

    /// <summary>The axes of samples in another order.</summary>
    public static PtxKernel Transpose(Node node, MemoryPlan plan) => new PtxViewEmitter(node, plan).Transpose(((TransposeOperation)node.Operation).Order);

    private PtxKernel Box(BoxKernel kernel)
    {
        var source = kernel.View.Source;
        var (lines, rows, columns) = kernel.View.AsRows() ?? throw new NotSupportedException($"No kernel for {_node}.");
        var width = Width([source], columns.To, columns.From, columns.Length);
        var (row, column) = PtxItems.BeginRows(_writer, Rows, Columns, width);
        var line = _writer.Divide(row, rows.Target);
        (PtxValue At, BoxRange Range)[] axes = [(_writer.Remainder(line, lines.Target), lines), (_writer.Remainder(row, rows.Target), rows), (column, columns)];

        // Before the first is, as an unsigned number, far behind the last.
        PtxValue? inside = null;
        foreach (var (at, range) in axes.Where(axis => axis.Range.Length < axis.Range.Target))
        {
            inside = _writer.Both(inside, _writer.Compare(PtxComparison.Less, _writer.Subtract(at, range.To), range.Length));
        }

        if (_plan[source].Border is not null)
        {
            _writer.ExitIf(inside!.Value);
            Store(row, column, [.. Enumerable.Repeat(PtxValue.Float(0), width)]);
            return Kernel("border", "zeros around images", width);
        }

        var sourceLine = _writer.MultiplyAdd(_writer.Divide(line, lines.Target), lines.Source, _writer.Add(axes[0].At, lines.From - lines.To));
        var sourceRow = _writer.MultiplyAdd(sourceLine, rows.Source, _writer.Add(axes[1].At, rows.From - rows.To));
        Store(row, column, _writer.LoadGlobalWhere(inside, At(source, sourceRow, _writer.Add(column, columns.From - columns.To)), 0, width));
        return Kernel("box", "a box of a value among zeros", width);
    }

    private PtxKernel Concat(int axis)
    {
        var isLast = axis == _node.Shape.Rank - 1;
        var total = _node.Shape[axis].Size;
        var after = isLast ? 1 : _node.Shape.Extents.Skip(axis + 1).Take(_node.Shape.Rank - axis - 2).Aggregate(1, (rows, extent) => rows * extent.Size);
        var lengths = _node.Operands.Select(operand => operand.Shape[axis].Size).ToList();
        var width = Width(_node.Operands, isLast ? [.. lengths] : []);
        var (row, column) = PtxItems.BeginRows(_writer, Rows, Columns, width);
        var outer = _writer.Divide(row, after);
        var (at, before) = isLast ? (column, row) : (_writer.Remainder(outer, total), _writer.Divide(outer, total));
        PtxValue[]? elements = null;
        var start = 0;
        foreach (var (operand, length) in _node.Operands.Zip(lengths, (operand, length) => (operand, length)))
        {
            // Each thread finds one operand that has its element, and reads no other.
            var index = _writer.Subtract(at, start);
            var has = _writer.Compare(PtxComparison.Less, index, length);
            var operandRow = isLast ? row : _writer.MultiplyAdd(_writer.MultiplyAdd(before, length, index), after, _writer.Remainder(row, after));
            var read = _writer.LoadGlobalWhere(has, At(operand, operandRow, isLast ? index : column), 0, width);
            elements = elements is null ? read : [.. elements.Zip(read, (others, own) => _writer.Select(has, own, others))];
            start += length;
        }

        Store(row, column, elements!);
        return Kernel("concat", $"{_node.Operands.Count} values one behind the other along axis {axis}", width);
    }

    private PtxKernel Transpose(EquatableArray<int> order)
    {
        var source = _node.Operands[0];
        var last = _node.Shape.Rank - 1;
        var width = order[last] == last ? Width([source]) : 1;
        var (row, column) = PtxItems.BeginRows(_writer, Rows, Columns, width);

        // How far a step along each axis of the source is.
        var steps = new int[_node.Shape.Rank];
        steps[last] = 1;
        for (int axis = last - 1, step = _plan[source].StrideOf(source); axis >= 0; axis--)
        {
            steps[axis] = step;
            step *= axis == 0 ? 1 : source.Shape[axis].Size;
        }

        var offset = _writer.Multiply(column, steps[order[last]]);
        var rest = row;
        for (var axis = last - 1; axis >= 0; axis--)
        {
            offset = _writer.MultiplyAdd(axis == 0 ? rest : _writer.Remainder(rest, _node.Shape[axis].Size), steps[order[axis]], offset);
            rest = axis == 0 ? rest : _writer.Divide(rest, _node.Shape[axis].Size);
        }

        Store(row, column, _writer.LoadGlobal(_writer.Address(_operands.Address(source), offset), 0, width));
        return Kernel("transpose", $"the axes of {source.Shape} in the order {order}", width);
    }

    /// <summary>Columns at once that divide also the places where ranges of columns begin.</summary>
    private int Width(IEnumerable<Node> reads, params int[] places)
    {
        var most = PtxItems.Width(_plan, Columns, reads, [_node]);
        return PtxItems.Widths.First(width => width <= most && Array.TrueForAll(places, place => place % width == 0));
    }

    private PtxValue At(Node node, PtxValue row, PtxValue column) =>
        _writer.Address(_operands.Address(node), _writer.MultiplyAdd(row, _plan[node].StrideOf(node), column));

    private void Store(PtxValue row, PtxValue column, PtxValue[] elements)
    {
        foreach (var target in _plan.Targets(_node))
        {
            var address = _writer.Address(_operands.Address(_node, target), _writer.MultiplyAdd(row, target.StrideOf(_node), column));
            _writer.StoreGlobal(address, 0, elements);
        }
    }

    private PtxKernel Kernel(string kind, string description, int width) => new(
        $"{kind}_{string.Join("x", _node.Shape.Sample)}", description, _writer, _operands, PtxItems.Threads, PtxItems.Blocks(Rows * Columns / width, hasBatch: true));
}
