using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes windows that slide over cells, and their gradients: each thread gathers some columns of one element of the result, from the cells
/// of its window or from the windows that have it. What follows is done at once.
/// </summary>
internal sealed class PtxPoolEmitter
{
    /// <summary>Cells of a window up to which each has its own instructions.</summary>
    private const int UnrolledCells = 16;

    /// <summary>Cells that are read at once where a loop goes through them.</summary>
    private const int CellsAtOnce = 8;

    /// <summary>The longest chain of additions.</summary>
    private const int Chain = 512;

    private readonly PoolKernel _kernel;
    private readonly PoolShape _shape;
    private readonly Node _pool;
    private readonly PoolKind _kind;
    private readonly PtxWriter _writer = new();
    private readonly PtxOperands _operands;
    private readonly PtxWindow _down;
    private readonly PtxWindow _across;
    private readonly int _columns;
    private readonly int _width;

    private PtxPoolEmitter(PoolKernel kernel, MemoryPlan plan)
    {
        (_kernel, _shape, _pool, _operands) = (kernel, kernel.Shape, kernel.Pool, new PtxOperands(_writer, plan));
        _kind = _pool.Operation is PoolOperation pool ? pool.Kind : ((PoolGradientOperation)_pool.Operation).Kind;
        (_down, _across) = (new(_writer, _shape.Down, _shape.Height), new(_writer, _shape.Across, _shape.Width));
        _columns = _pool.Shape.Last.Size;
        _width = PtxItems.Width(plan, _columns, kernel.Reads, kernel.Writes);
    }

    public static PtxKernel Emit(PoolKernel kernel, MemoryPlan plan)
    {
        var emitter = new PtxPoolEmitter(kernel, plan);
        return kernel.Pool.Operation is PoolOperation ? emitter.Places() : emitter.Cells();
    }

    private double Identity => _kind == PoolKind.Max ? double.NegativeInfinity : 0;

    private PtxKernel Places()
    {
        var (row, column) = PtxItems.BeginRows(_writer, _shape.Images * _shape.PlacesDown * _shape.PlacesAcross, _columns, _width);
        var (image, down, across) = Split(row, _shape.PlacesDown, _shape.PlacesAcross);
        var result = Variables(Identity);
        if (_shape.Cells <= UnrolledCells)
        {
            // All reads first, so that they are under way together.
            var (lines, places) = (_down.AllCells(down), _across.AllCells(across));
            var cells = lines.SelectMany(y => places.Select(x =>
                _writer.LoadGlobalWhere(_writer.Both(y.Exists, x.Exists), At(0, CellRow(image, y.Cell, x.Cell), column), 0, _width, Identity))).ToList();
            cells.ForEach(cell => Combine(result, cell));
        }
        else
        {
            _down.ForCells(_down.Cells(down), 1, y => ForParts(_across.Cells(across), part =>
            {
                var sums = Variables(Identity);
                _across.ForCells(part, Math.Min(_shape.Across.Size, CellsAtOnce), x => Combine(sums, _writer.LoadGlobal(At(0, CellRow(image, y, x), column), 0, _width)));
                Combine(result, sums);
            }));
        }

        return Finish("pool", row, column, Scaled(result, down, across));
    }

    private PtxKernel Cells()
    {
        var (row, column) = PtxItems.BeginRows(_writer, _shape.Images * _shape.Height * _shape.Width, _columns, _width);
        var (image, y, x) = Split(row, _shape.Height, _shape.Width);
        var result = Variables(0);
        var own = _kind == PoolKind.Max ? _writer.LoadGlobal(At(0, row, column), 0, _width) : [];
        _down.ForPlaces(y, down => _across.ForPlaces(x, across =>
        {
            var place = _writer.MultiplyAdd(_writer.MultiplyAdd(image, _shape.PlacesDown, down), _shape.PlacesAcross, across);
            var gradient = _writer.LoadGlobal(At(_pool.Operands.Count - 1, place, column), 0, _width);
            gradient = _kind == PoolKind.Max ? OfLargest(own, gradient, (image, y, x), (place, down, across), column) : Scaled(gradient, down, across);
            for (var i = 0; i < _width; i++)
            {
                _writer.Set(result[i], _writer.Add(result[i], gradient[i]));
            }
        }));
        return Finish("pool_gradient", row, column, result);
    }

    /// <summary>What a cell gets of the gradient of a maximum: the first that attains it gets all.</summary>
    private PtxValue[] OfLargest(
        PtxValue[] cell, PtxValue[] gradient, (PtxValue Image, PtxValue Y, PtxValue X) at, (PtxValue Row, PtxValue Down, PtxValue Across) place, PtxValue column)
    {
        var largest = _writer.LoadGlobal(At(1, place.Row, column), 0, _width);
        var attains = cell.Select((value, i) => Attains(value, largest[i])).ToArray();
        var given = gradient.Select((value, i) => _writer.Variable(_writer.Select(attains[i], value, PtxValue.Float(0)))).ToArray();
        var (lines, places) = (_down.Cells(place.Down), _across.Cells(place.Across));
        _writer.If(attains.Aggregate(_writer.Or), () => _writer.For(lines.First, _writer.Add(at.Y, 1), 1, line =>
        {
            var end = _writer.Select(_writer.Compare(PtxComparison.Equal, line, at.Y), at.X, places.End);
            _writer.For(places.First, end, 1, before =>
            {
                var earlier = _writer.LoadGlobal(At(0, CellRow(at.Image, line, before), column), 0, _width);
                for (var i = 0; i < _width; i++)
                {
                    _writer.Set(given[i], _writer.Select(Attains(earlier[i], largest[i]), PtxValue.Float(0), given[i]));
                }
            });
        }));
        return given;
    }

    private PtxKernel Finish(string form, PtxValue row, PtxValue column, PtxValue[] elements)
    {
        var values = new PtxRowValues(_writer, _kernel.Epilogue, _operands, _pool.Shape, row);
        if (PtxRowValues.IsScalar(_pool))
        {
            values.SetScalar(_pool, elements[0]);
            values.StoreScalars(_kernel.Writes, null);
        }
        else
        {
            var block = new PtxBlock(column, 0, _width);
            block.Values[_pool] = elements;
            values.Store(_kernel.Writes, block);
        }

        var items = _pool.Shape.ConstantSize / _width;
        return new(
            $"{_kind.ToString().ToLowerInvariant()}_{form}_{_shape.Height}x{_shape.Width}x{_columns}",
            _operands.Summary($"{GraphText.Of(_pool.Operation)}, cells {_shape.Height}×{_shape.Width}×{_columns}", _kernel.Epilogue.Nodes, _pool),
            _writer, _operands, PtxItems.Threads, PtxItems.Blocks(items, hasBatch: true));
    }

    /// <summary>The image, the row and the place in the row of an element; images of all samples are counted through.</summary>
    private (PtxValue Image, PtxValue Row, PtxValue Place) Split(PtxValue element, int height, int width)
    {
        var row = _writer.Divide(element, width);
        return (_writer.Divide(row, height), _writer.Remainder(row, height), _writer.Remainder(element, width));
    }

    private PtxValue CellRow(PtxValue image, PtxValue y, PtxValue x) => _writer.MultiplyAdd(_writer.MultiplyAdd(image, _shape.Height, y), _shape.Width, x);

    private PtxValue At(int operand, PtxValue row, PtxValue column)
    {
        var node = _pool.Operands[operand];
        return _writer.Address(_operands.Address(node), _writer.MultiplyAdd(row, _operands.Plan[node].StrideOf(node), column));
    }

    /// <summary>Sums over what a mean divides by.</summary>
    private PtxValue[] Scaled(PtxValue[] sums, PtxValue down, PtxValue across)
    {
        if (_kind is PoolKind.Max or PoolKind.Sum)
        {
            return sums;
        }

        var scale = PtxValue.Float(1.0 / _shape.Cells);
        if (_kind == PoolKind.MeanInside && _shape.ReachesOut)
        {
            var (rows, columns) = (_down.Cells(down), _across.Cells(across));
            var count = _writer.Multiply(_writer.Subtract(rows.End, rows.First), _writer.Subtract(columns.End, columns.First));
            scale = _writer.Divide(PtxValue.Float(1), _writer.ToFloat(count));
        }

        return Array.ConvertAll(sums, sum => _writer.Multiply(sum, scale));
    }

    private void ForParts((PtxValue First, PtxValue End) range, Action<(PtxValue First, PtxValue End)> body)
    {
        if (_shape.Across.Size <= Chain)
        {
            body(range);
            return;
        }

        _writer.For(range.First, range.End, Chain, first => body((first, _writer.MinimumWord(_writer.Add(first, Chain), range.End))));
    }

    private void Combine(PtxValue[] sums, PtxValue[] values)
    {
        for (var i = 0; i < _width; i++)
        {
            _writer.Set(sums[i], _kind == PoolKind.Max ? _writer.Maximum(sums[i], values[i]) : _writer.Add(sums[i], values[i]));
        }
    }

    private PtxValue Attains(PtxValue cell, PtxValue largest) =>
        _writer.Or(_writer.CompareFloats(PtxComparison.Equal, cell, largest), _writer.CompareFloats(PtxComparison.NotEqual, cell, cell));

    private PtxValue[] Variables(double value) => [.. Enumerable.Range(0, _width).Select(_ => _writer.Variable(PtxValue.Float(value)))];
}
