using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>A block of threads that sum some columns: each has a few neighbouring columns, and shares them with those that take other rows.</summary>
internal sealed class PtxColumnBlock
{
    private const int MaximumColumns = 32;

    /// <summary>Threads where there are many rows.</summary>
    private const int ManyThreads = 512;

    private readonly PtxWriter _writer;
    private readonly int _columns;
    private readonly int _columnsOfBlock;
    private PtxValue _number;
    private PtxValue _local;

    /// <param name="writer">The kernel.</param>
    /// <param name="columns">All columns.</param>
    /// <param name="width">Columns of a thread.</param>
    /// <param name="rows">How many rows a block has about; null for many.</param>
    public PtxColumnBlock(PtxWriter writer, int columns, int width, int? rows)
    {
        (_writer, _columns, Width) = (writer, columns, width);
        _columnsOfBlock = PtxTeam.PowerFrom(Math.Min(MaximumColumns, columns));

        // No fewer threads than a warp has, and no more than one for each column and lane of a warp when the lanes' sums meet.
        var lanes = rows is { } few ? PtxTeam.PowerFrom(Math.Min(32, few)) : Math.Max(32, Math.Min(32, ManyThreads / _columnsOfBlock) * width);
        Lanes = Math.Max(lanes, 32 * width / _columnsOfBlock);
    }

    /// <summary>Blocks for all columns.</summary>
    public int Count => (_columns + _columnsOfBlock - 1) / _columnsOfBlock;

    /// <summary>Columns of a thread.</summary>
    public int Width { get; }

    /// <summary>Threads that share a column.</summary>
    public int Lanes { get; }

    public int Threads => Lanes * _columnsOfBlock / Width;

    /// <summary>The first column of a thread.</summary>
    public PtxValue Column { get; private set; }

    /// <summary>Whether the thread has columns; null when that is certain.</summary>
    public PtxValue? Exists { get; private set; }

    /// <summary>Which of those that share its columns the thread is.</summary>
    public PtxValue Lane { get; private set; }

    /// <summary>Works out what a thread has.</summary>
    /// <param name="number">The number of the block among those of all columns.</param>
    public void Begin(PtxValue number)
    {
        var across = _columnsOfBlock / Width;
        _number = number;
        _local = _writer.Multiply(_writer.Remainder(_writer.Thread, across), Width);
        Lane = _writer.Divide(_writer.Thread, across);
        Column = _writer.MultiplyAdd(number, _columnsOfBlock, _local);
        Exists = _columns % _columnsOfBlock == 0 ? null : _writer.Compare(PtxComparison.Less, Column, _columns);
    }

    /// <summary>Adds the sums of all lanes and writes them.</summary>
    /// <param name="sums">For each sum those of the thread's columns.</param>
    /// <param name="addresses">Where a sum's column goes.</param>
    public void Store(PtxValue[][] sums, Func<int, PtxValue, IReadOnlyList<PtxValue>> addresses)
    {
        // In shared memory a lane's sums are a row, and rows are so far apart that threads which read one column meet in no bank.
        var stride = _columnsOfBlock + 1;
        var shared = _writer.Shared("sums", 4 * Lanes * stride);
        var team = new PtxTeam(_writer, Math.Min(32, Lanes));
        var own = _writer.Add(shared, _writer.Multiply(_writer.MultiplyAdd(Lane, stride, _local), 4));
        for (var i = 0; i < sums.Length; i++)
        {
            if (i > 0)
            {
                _writer.Barrier();
            }

            for (var j = 0; j < Width; j++)
            {
                _writer.StoreShared(own, 4 * j, sums[i][j]);
            }

            _writer.Barrier();
            for (var first = 0; first < _columnsOfBlock * team.Size; first += Threads)
            {
                var item = _writer.Add(_writer.Thread, first);
                var (lane, local) = (_writer.Remainder(item, team.Size), _writer.Divide(item, team.Size));
                var part = _writer.Add(shared, _writer.Multiply(_writer.MultiplyAdd(lane, stride, local), 4));
                var sum = team.Fold(ReduceKind.Sum, Enumerable.Range(0, Lanes / team.Size)
                    .Select(group => _writer.LoadShared(part, 4 * group * team.Size * stride)[0]).ToList().Aggregate(_writer.Add));
                var column = _writer.MultiplyAdd(_number, _columnsOfBlock, local);
                var stores = _writer.And(_writer.Compare(PtxComparison.Equal, lane, 0), _writer.Compare(PtxComparison.Less, column, _columns));
                foreach (var address in addresses(i, column))
                {
                    _writer.Guarded(stores, () => _writer.StoreGlobal(address, 0, sum));
                }
            }
        }
    }
}
