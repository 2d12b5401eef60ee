namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes the kernel of a product: each block sums a tile of the result from tiles of both operands in shared memory, which are copied
/// there while the ones before are summed, and then does with its sums what follows them.
/// </summary>
internal sealed class ProductEmitter
{
    private readonly PtxWriter _writer;
    private readonly Product _product;
    private readonly TileShape _tile;
    private readonly TileLoader _a;
    private readonly TileLoader _b;
    private readonly int _splits;
    private readonly PtxValue _threadRow;
    private readonly PtxValue _threadColumn;

    /// <param name="writer">Where the kernel is written.</param>
    /// <param name="product">What it computes.</param>
    /// <param name="tile">The tile of a block.</param>
    /// <param name="splits">How many blocks share the terms of a sum.</param>
    /// <param name="operands">What the kernel touches.</param>
    public ProductEmitter(PtxWriter writer, Product product, TileShape tile, int splits, PtxOperands operands)
    {
        (_writer, _product, _tile, _splits) = (writer, product, tile, splits);
        var domain = product.Contract.Domain;
        _a = new(writer, new(writer, product.A, operands.Plan[product.A], product.AMap, domain), operands.Address(product.A), product.M, product.K, tile, tile.M);
        _b = new(writer, new(writer, product.B, operands.Plan[product.B], product.BMap, domain), operands.Address(product.B), product.N, product.K, tile, tile.N);
        _threadRow = writer.Multiply(writer.Divide(writer.Thread, tile.ThreadsAcross), tile.RowsOfThread);
        _threadColumn = writer.Remainder(writer.Thread, tile.ThreadsAcross);
    }

    /// <summary>The sums of each thread, row by row, when they are written.</summary>
    public PtxValue[][] Sums { get; private set; } = [];

    /// <summary>The values of the dimensions that are the same for the whole block.</summary>
    public Dictionary<int, PtxValue> Group { get; private set; } = [];

    /// <summary>Which of the blocks that share terms this is.</summary>
    public PtxValue Split { get; private set; }

    /// <summary>Columns of a thread that lie side by side.</summary>
    public int ColumnsTogether => _b.IsAlongTerms ? 1 : 4;

    /// <summary>The number of the thread's row.</summary>
    public PtxValue Row(int i) => _writer.Add(_writer.Multiply(_writer.Block('x'), _tile.M), _writer.Add(_threadRow, i));

    /// <summary>The number of the thread's column.</summary>
    public PtxValue Column(int j) => _writer.Add(_writer.Multiply(_writer.Block('y'), _tile.N), ColumnInTile(j));

    public PtxValue Rows => ProductIndex.Count(_writer, _writer.Batch, _product.M);

    /// <summary>Writes the sums.</summary>
    public void Write()
    {
        var groups = Product.Size(_product.Z);
        var z = _writer.Block('z');
        Group = ProductIndex.Split(_writer, _writer.Remainder(z, groups), _product.Z);
        Split = _writer.Divide(z, groups);
        Sums = [.. Enumerable.Range(0, _tile.RowsOfThread).Select(_ => _writer.Registers(PtxType.Float, _tile.ColumnsOfThread))];
        foreach (var sum in Sums.SelectMany(row => row))
        {
            _writer.Set(sum, PtxValue.Float(0));
        }

        if (_product.IsZero)
        {
            return;
        }

        var (first, end) = Terms();
        _a.Prepare(_writer.Multiply(_writer.Block('x'), _tile.M), Rows, Group);
        _b.Prepare(_writer.Multiply(_writer.Block('y'), _tile.N), Product.Size(_product.N), Group);
        var shared = _writer.Shared("tiles", TileShape.Stages * (_a.Bytes + _b.Bytes));
        var stage = _a.Bytes + _b.Bytes;
        for (var ahead = 0; ahead < TileShape.Stages - 1; ahead++)
        {
            Load(_writer.Add(first, ahead * _tile.K), end, _writer.Add(shared, ahead * stage));
        }

        var (read, write) = (_writer.Variable(shared), _writer.Variable(_writer.Add(shared, (TileShape.Stages - 1) * stage)));
        var behind = _writer.Add(shared, TileShape.Stages * stage);
        _writer.For(first, end, _tile.K, term =>
        {
            // The tile to sum has come, and nobody sums any longer where the next one goes.
            _writer.WaitForCopies(TileShape.Stages - 2);
            _writer.Barrier();
            Load(_writer.Add(term, (TileShape.Stages - 1) * _tile.K), end, write);
            WriteSums(read);
            foreach (var place in new[] { read, write })
            {
                _writer.Increase(place, stage);
                _writer.Guarded(_writer.Compare(PtxComparison.GreaterOrEqual, place, behind), () => _writer.Set(place, shared));
            }
        });
        _writer.WaitForCopies(0);
    }

    private void Load(PtxValue first, PtxValue end, PtxValue stage)
    {
        _a.Load(first, end, stage);
        _b.Load(first, end, _writer.Add(stage, _a.Bytes));
        _writer.CommitCopies();
    }

    /// <summary>The terms of this block: all of them, or whole tiles of them where blocks share a sum.</summary>
    private (PtxValue First, PtxValue End) Terms()
    {
        var count = ProductIndex.Count(_writer, _writer.Batch, _product.K);
        if (_splits == 1)
        {
            return (0, count);
        }

        var tiles = _writer.Divide(_writer.Add(count, _tile.K - 1), _tile.K);
        var length = _writer.Multiply(_writer.Divide(_writer.Add(tiles, _splits - 1), _splits), _tile.K);
        var first = _writer.Multiply(Split, length);
        return (first, _writer.MinimumWord(_writer.Add(first, length), count));
    }

    private PtxValue ColumnInTile(int j) => _b.IsAlongTerms
        ? _writer.Add(_threadColumn, j * _tile.ThreadsAcross)
        : _writer.Add(_writer.Multiply(_threadColumn, 4), (j / 4 * 4 * _tile.ThreadsAcross) + (j % 4));

    /// <summary>Adds the products of one tile, four terms at a time.</summary>
    private void WriteSums(PtxValue stage)
    {
        var a = _writer.Add(stage, _a.IsAlongTerms ? _writer.Multiply(_threadRow, 4 * _a.Pitch) : _writer.Multiply(_threadRow, 4));
        var b = _writer.Add(stage, _b.IsAlongTerms ? _writer.Multiply(_threadColumn, 4 * _b.Pitch) : _writer.Multiply(_threadColumn, 16));
        (a, b) = (_writer.Variable(a), _writer.Variable(_writer.Add(b, _a.Bytes)));
        _writer.For(0, _tile.K, 4, _ =>
        {
            var rows = Four(_a, a, _tile.RowsOfThread, i => i * 4 * _a.Pitch, i => 4 * i);
            var columns = Four(_b, b, _tile.ColumnsOfThread, j => j * _tile.ThreadsAcross * 4 * _b.Pitch, j => j / 4 * 16 * _tile.ThreadsAcross);
            for (var k = 0; k < 4; k++)
            {
                for (var i = 0; i < _tile.RowsOfThread; i++)
                {
                    for (var j = 0; j < _tile.ColumnsOfThread; j++)
                    {
                        _writer.Accumulate(Sums[i][j], rows[k][i], columns[k][j]);
                    }
                }
            }

            _writer.Increase(a, _a.IsAlongTerms ? 16 : 16 * _a.Pitch);
            _writer.Increase(b, _b.IsAlongTerms ? 16 : 16 * _b.Pitch);
        });
    }

    /// <summary>For each of four terms the thread's rows of A, or its columns of B.</summary>
    private PtxValue[][] Four(TileLoader tile, PtxValue address, int count, Func<int, int> line, Func<int, int> group)
    {
        if (tile.IsAlongTerms)
        {
            var lines = Enumerable.Range(0, count).Select(i => _writer.LoadShared(address, line(i), 4)).ToArray();
            return [.. Enumerable.Range(0, 4).Select(k => lines.Select(values => values[k]).ToArray())];
        }

        return [.. Enumerable.Range(0, 4).Select(k => Enumerable.Range(0, count / 4)
            .SelectMany(g => _writer.LoadShared(address, (4 * tile.Pitch * k) + group(4 * g), 4)).ToArray())];
    }
}
