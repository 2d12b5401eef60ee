using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes sums over rows. A block has up to 32 columns, up to 32 threads share a column and take every so manieth row each; their sums meet in
/// a fixed order. Many rows are cut into parts for as many blocks, whose sums a second launch adds, in order.
/// </summary>
internal sealed class PtxColumnSumEmitter
{
    /// <summary>The longest chain of additions.</summary>
    private const int Chain = 512;

    /// <summary>Rows of a sample up to which those of a batch are summed in one piece.</summary>
    private const int RowsInOnePiece = 8;

    /// <summary>Rows that a batch has at least which is not tiny.</summary>
    private const int FewRows = 32;

    /// <summary>Rows that a thread reads at once, where little is done with them.</summary>
    private const int Turns = 2;

    private const int ShortProgram = 4;

    /// <summary>Threads of a multiprocessor that have 64 registers each, as is enough for short programs.</summary>
    private const int ThreadsAtOnce = 1024;

    private const int Parts = ColumnSumKernel.MaximumParts;

    private readonly ColumnSumKernel _kernel;
    private readonly MemoryPlan _plan;
    private readonly PtxWriter _writer = new();
    private readonly PtxOperands _operands;
    private readonly PtxColumnBlock _block;

    private PtxColumnSumEmitter(ColumnSumKernel kernel, MemoryPlan plan, int width, int? rows)
    {
        (_kernel, _plan, _operands) = (kernel, plan, new PtxOperands(_writer, plan));
        _block = new PtxColumnBlock(_writer, kernel.Program.Columns, width, rows);
    }

    private bool IsShort => _kernel.Program.Nodes.Count <= ShortProgram && _kernel.Sums.Count == 1;

    public static IReadOnlyList<PtxKernel> Emit(ColumnSumKernel kernel, MemoryPlan plan)
    {
        var width = PtxItems.Width(plan, kernel.Program.Columns, kernel.Reads, []);
        return kernel.IsOfEachSample ? [new PtxColumnSumEmitter(kernel, plan, width, kernel.RowsPerSample).OfSamples()]
            : kernel.RowsPerSample <= RowsInOnePiece ? [new PtxColumnSumEmitter(kernel, plan, width, kernel.RowsPerSample == 1 ? FewRows : null).InOnePiece()]
            : [new PtxColumnSumEmitter(kernel, plan, width, rows: null).OfParts(), new PtxColumnSumEmitter(kernel, plan, 1, Parts).PartsTogether()];
    }

    private PtxKernel OfSamples()
    {
        var sample = _writer.Divide(_writer.Block('x'), _block.Count);
        var (first, rows) = (_writer.Multiply(sample, _kernel.RowsPerSample), _kernel.RowsPerSample);
        _block.Begin(_writer.Remainder(_writer.Block('x'), _block.Count));
        var sums = Sum(first, _writer.Add(first, rows), rows, Rows());
        Store(sums, (sum, target, column) => new PtxRowPlaces(_writer, sum.Shape, sample).Address(_operands.Address(sum, target), sum, target, column));
        return Kernel("sum_of_samples", "sums over the rows of each sample", new(_block.Count, 1));
    }

    private PtxKernel InOnePiece()
    {
        _block.Begin(_writer.Block('x'));
        var sums = Sum(0, _writer.Multiply(_writer.Batch, _kernel.RowsPerSample), int.MaxValue, Rows());
        Store(sums, (sum, target, column) => _writer.Address(_operands.Address(sum, target), column));
        return Kernel("sum", "sums over all rows", new(_block.Count));
    }

    private PtxKernel OfParts()
    {
        // Parts have as many rows each as are a whole number of turns; those behind the last row have none.
        var rows = _writer.Multiply(_writer.Batch, _kernel.RowsPerSample);
        var turns = _writer.Divide(_writer.Add(rows, (Parts * _block.Lanes) - 1), Parts * _block.Lanes);
        var length = _writer.Multiply(turns, _block.Lanes);
        var first = _writer.Multiply(_writer.Block('y'), length);
        _block.Begin(_writer.Block('x'));
        var sums = Sum(first, _writer.MinimumWord(_writer.Add(first, length), rows), int.MaxValue, Rows());
        _block.Store(sums, (i, column) => [PartOf(_kernel.Sums[i], _writer.Block('y'), column)]);
        return Kernel("sum_of_parts", "sums over parts of all rows", new(_block.Count)) with { Y = new(Parts) };
    }

    private PtxKernel PartsTogether()
    {
        _block.Begin(_writer.Block('x'));
        var sums = Sum(0, Parts, Parts, part => [.. _kernel.Sums.Select(sum => _writer.LoadGlobal(PartOf(sum, part, _block.Column)))]);
        Store(sums, (sum, target, column) => _writer.Address(_operands.Address(sum, target), column));
        return new($"sum_together_{_kernel.Program.Columns}", "the sums of parts together", _writer, _operands, _block.Threads, new(_block.Count));
    }

    private PtxValue PartOf(Node sum, PtxValue part, PtxValue column) => _writer.Address(
        _operands.Address(sum, _plan.Sums(sum), "parts"), _writer.MultiplyAdd(part, Padding.To16(_kernel.Program.Columns), column));

    /// <summary>What is summed at a row, for each sum. What is the same in all rows is read before them.</summary>
    private Func<PtxValue, PtxValue[][]> Rows()
    {
        var shape = _kernel.Sums[0].Operands[0].Shape;
        var shared = new PtxRowValues(_writer, _kernel.Program, _operands, shape, 0);
        var sharedBlock = new PtxBlock(_block.Column, 0, _block.Width, _block.Exists);
        var same = _kernel.Reads.Where(node => !node.Shape.HasBatch).ToList();
        var scalars = same.Where(PtxRowValues.IsScalar).Select(node => (Node: node, Value: shared.Scalar(node))).ToList();
        foreach (var node in same)
        {
            shared.Elements(node, sharedBlock);
        }

        return row =>
        {
            var values = new PtxRowValues(_writer, _kernel.Program, _operands, shape, row);
            var block = new PtxBlock(_block.Column, 0, _block.Width);
            scalars.ForEach(scalar => values.SetScalar(scalar.Node, scalar.Value));
            foreach (var known in sharedBlock.Values)
            {
                block.Values[known.Key] = known.Value;
            }

            return [.. _kernel.Sums.Select(sum => values.Elements(sum.Operands[0], block))];
        };
    }

    /// <summary>The sums of a thread.</summary>
    /// <param name="first">The first row of the block.</param>
    /// <param name="end">The row behind its last.</param>
    /// <param name="most">How many there are at most.</param>
    /// <param name="row">What is summed, at one row.</param>
    private PtxValue[][] Sum(PtxValue first, PtxValue end, int most, Func<PtxValue, PtxValue[][]> row)
    {
        // Columns that do not exist have no rows.
        end = _block.Exists is { } exists ? _writer.Select(exists, end, first) : end;
        var totals = Zeros();
        var segment = Chain * _block.Lanes;
        if (most <= segment)
        {
            Chains(first, end, totals);
            return totals;
        }

        _writer.For(first, end, segment, begin =>
        {
            var sums = Zeros();
            Chains(begin, _writer.MinimumWord(_writer.Add(begin, segment), end), sums);
            Add(totals, sums);
        });
        return totals;

        void Chains(PtxValue begin, PtxValue last, PtxValue[][] sums) =>
            _writer.ForSeveral(_writer.Add(begin, _block.Lane), last, _block.Lanes, IsShort ? Turns : 1, at => Add(sums, row(at)));
    }

    private PtxValue[][] Zeros() =>
        [.. _kernel.Sums.Select(_ => Enumerable.Range(0, _block.Width).Select(_ => _writer.Variable(PtxValue.Float(0))).ToArray())];

    private void Add(PtxValue[][] sums, PtxValue[][] values)
    {
        foreach (var (sum, value) in sums.Zip(values, (s, v) => s.Zip(v, (a, b) => (a, b))).SelectMany(pairs => pairs))
        {
            _writer.Increase(sum, value);
        }
    }

    private void Store(PtxValue[][] sums, Func<Node, Placement, PtxValue, PtxValue> address) =>
        _block.Store(sums, (i, column) => [.. _plan.Targets(_kernel.Sums[i]).Select(target => address(_kernel.Sums[i], target, column))]);

    private PtxKernel Kernel(string kind, string title, PtxBlocks blocks) => new(
        $"{kind}_{_kernel.Program.Columns}", _operands.Summary(title, _kernel.Nodes), _writer, _operands, _block.Threads, blocks)
    {
        // Without a wish the assembler goes for more threads at once on some GPUs, and spills.
        BlocksAtOnce = Math.Max(1, (IsShort ? ThreadsAtOnce : ThreadsAtOnce / 2) / _block.Threads),
    };
}
