using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// The values of a <see cref="RowProgram"/> at one row: loads operands and computes maps when they are first asked for, a block of columns
/// at a time. A value with one column is the same in all of them.
/// </summary>
/// <param name="writer">The kernel.</param>
/// <param name="program">What is computed.</param>
/// <param name="operands">The memory of the kernel.</param>
/// <param name="shape">The shape whose rows are counted.</param>
/// <param name="row">The row, of those of all samples.</param>
/// <param name="exists">Whether there is such a row; null when that is certain. Nothing is stored for others.</param>
internal sealed class PtxRowValues(PtxWriter writer, RowProgram program, PtxOperands operands, TensorShape shape, PtxValue row, PtxValue? exists = null)
{
    private readonly PtxExpression _expression = new(writer);
    private readonly PtxRowPlaces _places = new(writer, shape, row);
    private readonly Dictionary<Node, PtxValue> _scalars = [];

    /// <summary>Whether a value is the same in all columns of a program.</summary>
    public static bool IsScalar(Node node) => node.Shape.Last.Size == 1;

    /// <summary>Sets a value that a reduction has given, or the kernel itself.</summary>
    public void SetScalar(Node node, PtxValue value) => _scalars[Fuse.Storage(node)] = value;

    /// <summary>
    /// Computes what is the same in all columns for values that are used where some threads do not come, or in a loop: before it.
    /// </summary>
    public void Prepare(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            if (IsScalar(node))
            {
                Scalar(node);
            }
            else if (IsComputed(node))
            {
                Prepare(Fuse.Storage(node).Operands);
            }
            else
            {
                _places.Offset(node, operands.Plan[node]);
            }
        }
    }

    /// <summary>The same for places that values are stored in.</summary>
    public void PrepareStores(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            foreach (var target in operands.Plan.Targets(node))
            {
                _places.Offset(node, target);
            }
        }
    }

    /// <summary>A value of one column.</summary>
    public PtxValue Scalar(Node node)
    {
        var key = Fuse.Storage(node);
        if (!_scalars.TryGetValue(key, out var value))
        {
            _scalars[key] = value = key.Operation switch
            {
                ConstantOperation constant => PtxValue.Float(constant.Value),
                ExtentOperation => writer.ToFloat(writer.Batch),
                MapOperation map when program.Computes(key) => _expression.Write(
                    map.Body, [.. key.Operands.Select(Scalar)], axis => _places.Index(key.Shape, axis, () => PtxValue.Float(0))),
                ReduceOperation when program.Computes(key) => Scalar(key.Operands[0]),
                ContractOperation when program.Computes(key) && ChannelWindow.Of(key) is { } window => Scalar(window.X), // the only channel
                _ => LoadScalar(node),
            };
        }

        return value;
    }

    /// <summary>The elements of a value in a block.</summary>
    public PtxValue[] Elements(Node node, PtxBlock block)
    {
        if (IsScalar(node))
        {
            return [.. Enumerable.Repeat(Scalar(node), block.Width)];
        }

        var key = Fuse.Storage(node);
        if (!block.Values.TryGetValue(key, out var elements))
        {
            block.Values[key] = elements = IsComputed(node) ? Compute(key, block) : Load(node, block);
        }

        return elements;
    }

    /// <summary>Writes values to all places that they are wanted in: first all are computed, for a place may be an operand too.</summary>
    public void Store(IEnumerable<Node> nodes, PtxBlock block)
    {
        var values = nodes.Select(node => (node, Elements(node, block))).ToList();
        var condition = writer.Both(exists, block.Exists);
        foreach (var (node, elements) in values)
        {
            foreach (var target in operands.Plan.Targets(node))
            {
                var address = _places.Address(operands.Address(node, target), node, target, block.Column);
                writer.GuardedIfAny(condition, () => writer.StoreGlobal(address, 4 * block.Offset, elements));
            }
        }
    }

    /// <summary>Writes values of one column.</summary>
    /// <param name="nodes">The values.</param>
    /// <param name="condition">Which thread of those that have the row does it; null when there is only one.</param>
    public void StoreScalars(IEnumerable<Node> nodes, PtxValue? condition)
    {
        var values = nodes.Select(node => (node, Scalar(node))).ToList();
        var stores = values.Count > 0 ? writer.Both(exists, condition) : null;
        foreach (var (node, value) in values)
        {
            foreach (var target in operands.Plan.Targets(node))
            {
                var address = _places.Address(operands.Address(node, target), node, target, 0);
                writer.GuardedIfAny(stores, () => writer.StoreGlobal(address, 0, value));
            }
        }
    }

    private bool IsComputed(Node node) => program.Computes(Fuse.Storage(node));

    private PtxValue[] Compute(Node node, PtxBlock block)
    {
        if (ChannelWindow.Of(node) is { } window)
        {
            return [.. Enumerable.Range(0, block.Width).Select(i => Sum(window, block, i))];
        }

        var map = (MapOperation)node.Operation;
        var elements = node.Operands.Select(operand => Elements(operand, block)).ToArray();
        return [.. Enumerable.Range(0, block.Width).Select(i => _expression.Write(
            map.Body, [.. elements.Select(operand => operand[i])],
            axis => _places.Index(node.Shape, axis, () => block.Index(writer, i))))];
    }

    private PtxValue[] Load(Node node, PtxBlock block) => node.Type == ElementType.Float32
        ? writer.LoadGlobalWhere(
            block.Exists, _places.Address(operands.Address(node), node, operands.Plan[node], block.Column), 4 * block.Offset, block.Width)
        : throw new NotSupportedException($"Whole numbers are read one for each row: {node}");

    private PtxValue LoadScalar(Node node)
    {
        var address = _places.Address(operands.Address(node), node, operands.Plan[node], 0);
        return node.Type == ElementType.Int32 ? writer.SignedToFloat(writer.LoadWord(address)) : writer.LoadGlobal(address)[0];
    }

    // The sum of an element and its neighbours, as far as there are any.
    private PtxValue Sum(ChannelWindow window, PtxBlock block, int element)
    {
        var address = _places.Address(operands.Address(window.X), window.X, operands.Plan[window.X], block.Column);
        PtxValue? sum = null;
        for (var distance = -window.Before; distance <= window.After; distance++)
        {
            // Before the first column is, as an unsigned number, far behind the last.
            var step = block.Offset + element + distance;
            var inside = writer.Compare(PtxComparison.Less, writer.Add(block.Column, step), program.Columns);
            var next = writer.LoadGlobalWhere(inside, address, 4 * step)[0];
            sum = sum is null ? next : writer.Add(sum.Value, next);
        }

        return sum!.Value;
    }
}
