using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes maps and reductions over rows. Without reductions every thread has some columns of a row, by itself. With them a team of threads
/// has a row: a few lanes a short one, a warp or a block a long one. What is read stays in registers from one reduction to the next as long
/// as a row is no longer than <see cref="ElementsInRegisters"/> for each thread.
/// </summary>
internal sealed class PtxRowEmitter
{
    private const int Threads = 128;

    /// <summary>Threads that have a row which is too long for the registers of a warp.</summary>
    private const int LargestTeam = 256;

    private const int ElementsInRegisters = 16;

    private readonly RowKernel _kernel;
    private readonly RowProgram _program;
    private readonly PtxWriter _writer = new();
    private readonly PtxOperands _operands;
    private readonly TensorShape _shape;
    private readonly int _width;

    private PtxRowEmitter(RowKernel kernel, MemoryPlan plan)
    {
        (_kernel, _program, _operands) = (kernel, kernel.Program, new PtxOperands(_writer, plan));
        var first = _program.Nodes[0];
        _shape = first.Operation is ReduceOperation ? first.Operands[0].Shape : first.Shape;
        _width = _program.Nodes.Exists(node => ChannelWindow.Of(node) is not null) ? 1 : PtxItems.Width(plan, _program.Columns, _program.Reads, kernel.Writes);
    }

    private int Rows => _program.IsShared ? 1 : _program.RowsPerSample;

    private int PiecesOfRow => _program.Columns / _width;

    public static PtxKernel Emit(RowKernel kernel, MemoryPlan plan)
    {
        var emitter = new PtxRowEmitter(kernel, plan);
        return kernel.Program.Nodes.Exists(emitter.IsReduction) ? emitter.Reductions() : emitter.Maps();
    }

    /// <summary>The gradient of a parameter that nothing depends on, its padding too.</summary>
    public static PtxKernel Zeros(Node node, MemoryPlan plan)
    {
        var writer = new PtxWriter();
        var operands = new PtxOperands(writer, plan);
        var floats = Padding.To16(node.Shape[0].Size) * (node.Shape.ConstantSize / node.Shape[0].Size);
        var item = PtxItems.Begin(writer, floats, hasBatch: false);
        foreach (var target in plan.Targets(node))
        {
            writer.StoreGlobal(writer.Address(operands.Address(node, target), item), 0, PtxValue.Float(0));
        }

        return new($"zeros_{floats}", "zeros: nothing depends on it", writer, operands, PtxItems.Threads, PtxItems.Blocks(floats, hasBatch: false));
    }

    private PtxKernel Maps()
    {
        PtxValue row = 0;
        PtxValue column;
        if (_program.IsShared)
        {
            column = _writer.Multiply(PtxItems.Begin(_writer, PiecesOfRow, hasBatch: false), _width);
        }
        else
        {
            (row, column) = PtxItems.BeginRows(_writer, Rows, _program.Columns, _width);
        }

        var values = new PtxRowValues(_writer, _program, _operands, _shape, row);
        values.Store(_kernel.Writes.Where(node => !PtxRowValues.IsScalar(node)), new PtxBlock(column, 0, _width));
        var scalars = _kernel.Writes.Where(PtxRowValues.IsScalar).ToList();
        values.StoreScalars(scalars, PiecesOfRow == 1 || scalars.Count == 0 ? null : _writer.Compare(PtxComparison.Equal, column, 0));
        return Kernel("map", PtxItems.Threads, PtxItems.Blocks(Rows * PiecesOfRow, !_program.IsShared));
    }

    private PtxKernel Reductions()
    {
        var isLong = _program.Columns > 32 * ElementsInRegisters;
        var team = isLong ? LargestTeam : Math.Min(32, PtxTeam.PowerFrom(PiecesOfRow));
        var threads = Math.Max(team, Threads);
        var rowsOfBlock = threads / team;
        var teams = new PtxTeam(_writer, team);
        var lane = _writer.Remainder(_writer.Thread, team);
        var row = _writer.MultiplyAdd(_writer.Block('x'), rowsOfBlock, _writer.Divide(_writer.Thread, team));
        PtxValue? exists = null;
        if (rowsOfBlock > 1)
        {
            // All lanes of a warp take part in every exchange: those without a row do the last one once more.
            var rows = _program.IsShared ? 1 : _writer.Multiply(_writer.Batch, Rows);
            exists = _writer.Compare(PtxComparison.Less, row, rows);
            row = _writer.MinimumWord(row, _writer.Subtract(rows, 1));
        }

        var values = new PtxRowValues(_writer, _program, _operands, _shape, row, exists);
        if (_program.Columns <= team * ElementsInRegisters)
        {
            InRegisters(values, teams, lane);
        }
        else
        {
            Again(values, teams, lane);
        }

        values.StoreScalars(_kernel.Writes.Where(PtxRowValues.IsScalar), _writer.Compare(PtxComparison.Equal, lane, 0));
        return Kernel("rows", threads, _program.IsShared ? new(1) : new(1, Rows, rowsOfBlock));
    }

    private void InRegisters(PtxRowValues values, PtxTeam team, PtxValue lane)
    {
        var column = _writer.Multiply(lane, _width);
        var step = team.Size * _width;
        var blocks = Enumerable.Range(0, (_program.Columns + step - 1) / step).Select(i =>
        {
            var isWhole = (i + 1) * step <= _program.Columns;
            return new PtxBlock(
                column, i * step, _width, isWhole ? null : _writer.Compare(PtxComparison.Less, _writer.Add(column, i * step), _program.Columns));
        }).ToList();
        foreach (var reduction in _program.Nodes.Where(IsReduction))
        {
            var kind = ((ReduceOperation)reduction.Operation).Kind;
            PtxValue? sum = null;
            foreach (var block in blocks)
            {
                var part = OfBlock(values, reduction, block);
                sum = sum is null ? part : team.Combine(kind, sum.Value, part);
            }

            values.SetScalar(reduction, team.Fold(kind, sum!.Value));
        }

        foreach (var block in blocks)
        {
            values.Store(_kernel.Writes.Where(node => !PtxRowValues.IsScalar(node)), block);
        }
    }

    /// <summary>One pass over the row for each level of reductions, in which everything is computed again.</summary>
    private void Again(PtxRowValues values, PtxTeam team, PtxValue lane)
    {
        var levels = Levels();
        var column = _writer.Multiply(lane, _width);
        values.PrepareStores(_kernel.Writes);
        for (var level = 0; level <= levels.Values.Max(); level++)
        {
            var reductions = _program.Nodes.Where(node => IsReduction(node) && levels[node] == level + 1).ToList();
            var stores = _kernel.Writes.Where(node => !PtxRowValues.IsScalar(node) && levels[node] == level).ToList();
            if (reductions.Count + stores.Count == 0)
            {
                continue;
            }

            values.Prepare(reductions.Select(reduction => reduction.Operands[0]).Concat(stores));
            var sums = reductions.Select(reduction => _writer.Variable(PtxTeam.Identity(((ReduceOperation)reduction.Operation).Kind))).ToList();
            _writer.For(column, _program.Columns, team.Size * _width, at =>
            {
                var block = new PtxBlock(at, 0, _width);
                for (var i = 0; i < sums.Count; i++)
                {
                    _writer.Set(sums[i], team.Combine(((ReduceOperation)reductions[i].Operation).Kind, sums[i], OfBlock(values, reductions[i], block)));
                }

                values.Store(stores, block);
            });
            for (var i = 0; i < sums.Count; i++)
            {
                values.SetScalar(reductions[i], team.Fold(((ReduceOperation)reductions[i].Operation).Kind, sums[i]));
            }
        }
    }

    /// <summary>What a thread's columns of a block contribute to a reduction.</summary>
    private PtxValue OfBlock(PtxRowValues values, Node reduction, PtxBlock block)
    {
        var kind = ((ReduceOperation)reduction.Operation).Kind;
        var part = values.Elements(reduction.Operands[0], block).Aggregate((a, b) => PtxTeam.Combine(_writer, kind, a, b));
        return block.Exists is { } exists ? _writer.Select(exists, part, PtxTeam.Identity(kind)) : part;
    }

    /// <summary>How many reductions one after the other a value needs.</summary>
    private Dictionary<Node, int> Levels()
    {
        var levels = new Dictionary<Node, int>();
        foreach (var node in _program.Nodes)
        {
            var level = node.Operands.Select(operand => levels.TryGetValue(Fuse.Storage(operand), out var own) ? own : 0).Append(0).Max();
            levels[node] = IsReduction(node) ? level + 1 : level;
        }

        return levels;
    }

    /// <summary>A reduction of one column has nothing to do.</summary>
    private bool IsReduction(Node node) => node.Operation is ReduceOperation && !PtxRowValues.IsScalar(node.Operands[0]);

    private PtxKernel Kernel(string kind, int threads, PtxBlocks blocks) => new(
        $"{kind}_{_program.Columns}",
        _operands.Summary(_program.IsShared ? $"one row of {_program.Columns}" : $"each row of {_program.Columns}", _program.Nodes),
        _writer, _operands, threads, blocks);
}
