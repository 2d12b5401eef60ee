namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Sums by multiply-adds of single floats: a thread has neighbouring rows, and columns that are spread over the tile. Long sums are made in
/// pieces, so that no chain of additions is longer than 512 up to 49,152 terms.
/// </summary>
internal sealed class MultiplyAddSums : IProductSums
{
    /// <summary>Terms of a piece of a long sum.</summary>
    private const int TermsOfPiece = 128;

    private readonly PtxWriter _writer;
    private readonly TileShape _tile;
    private readonly TileLoader _a;
    private readonly TileLoader _b;
    private readonly int _threadsAcross;
    private readonly PtxValue _row;
    private readonly PtxValue _column;
    private readonly PtxValue[][] _sums;
    private readonly PtxValue[][] _pieces;
    private readonly PtxValue _terms;

    public MultiplyAddSums(PtxWriter writer, TileShape tile, TileLoader a, TileLoader b)
    {
        (_writer, _tile, _a, _b) = (writer, tile, a, b);
        _threadsAcross = tile.N / tile.ColumnsOfThread;
        _row = writer.Multiply(writer.Divide(writer.Thread, _threadsAcross), tile.RowsOfThread);
        _column = writer.Remainder(writer.Thread, _threadsAcross);
        _sums = tile.Sums(writer);
        (_pieces, _terms) = tile.HasLongSums ? (tile.Sums(writer), writer.Variable(0)) : ([], 0);
    }

    public int Pitch => _tile.N + 4;

    /// <inheritdoc/>
    /// <remarks>Four terms at a time.</remarks>
    public void Add(PtxValue a, PtxValue b)
    {
        a = _writer.Variable(_writer.Add(a, _writer.Multiply(_row, _a.IsAlongTerms ? 4 * _a.Pitch : 4)));
        b = _writer.Variable(_writer.Add(b, _writer.Multiply(_column, _b.IsAlongTerms ? 4 * _b.Pitch : 16)));
        _writer.For(0, _tile.K, 4, _ =>
        {
            var rows = Four(_a, a, _tile.RowsOfThread, i => i * 4 * _a.Pitch, i => 4 * i);
            var columns = Four(_b, b, _tile.ColumnsOfThread, j => j * _threadsAcross * 4 * _b.Pitch, j => j / 4 * 16 * _threadsAcross);
            for (var k = 0; k < 4; k++)
            {
                for (var i = 0; i < _tile.RowsOfThread; i++)
                {
                    for (var j = 0; j < _tile.ColumnsOfThread; j++)
                    {
                        _writer.Accumulate(_sums[i][j], rows[k][i], columns[k][j]);
                    }
                }
            }

            _writer.Increase(a, _a.IsAlongTerms ? 16 : 16 * _a.Pitch);
            _writer.Increase(b, _b.IsAlongTerms ? 16 : 16 * _b.Pitch);
        });
        if (_tile.HasLongSums)
        {
            _writer.Increase(_terms, _tile.K);
            _writer.If(_writer.Compare(PtxComparison.Equal, _writer.And(_terms, TermsOfPiece - 1), 0), EndPiece);
        }
    }

    public void Store(PtxValue tile) =>
        Store(_tile.HasLongSums ? [.. _pieces.Zip(_sums, (pieces, sums) => pieces.Zip(sums, _writer.Add).ToArray())] : _sums, tile);

    /// <summary>Adds what is summed to the pieces before, and begins anew.</summary>
    private void EndPiece()
    {
        foreach (var (piece, sum) in _pieces.Zip(_sums, (pieces, sums) => pieces.Zip(sums, (piece, sum) => (piece, sum))).SelectMany(pairs => pairs))
        {
            _writer.Increase(piece, sum);
            _writer.Set(sum, PtxValue.Float(0));
        }
    }

    private void Store(PtxValue[][] sums, PtxValue tile)
    {
        var together = _b.IsAlongTerms ? 1 : 4;
        var first = _writer.Add(_writer.MultiplyAdd(_row, 4 * Pitch, tile), _writer.Multiply(_column, 4 * together));
        for (var i = 0; i < _tile.RowsOfThread; i++)
        {
            for (var j = 0; j < _tile.ColumnsOfThread; j += together)
            {
                _writer.StoreShared(first, 4 * ((i * Pitch) + (j * _threadsAcross)), [.. sums[i].Skip(j).Take(together)]);
            }
        }
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
