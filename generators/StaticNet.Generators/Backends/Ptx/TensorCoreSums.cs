using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Sums by <c>mma</c> of 16 rows, 8 columns, and 8 terms of TensorFloat-32 or 16 of bfloat16. Operands are float32 in shared memory, rounded
/// there to the former, and on their way to the tensor cores to the latter, which is one instruction for two.
/// </summary>
/// <remarks>
/// Which row, column or term of the tile is which of an instruction's is free, as long as both operands agree. Here two that an instruction
/// has far apart are neighbours in the tile, so that each thread loads pairs along whichever way the tile lies, and has four columns side by
/// side: of a group of 16 rows (or columns) thread t has 2·(t / 4) and the next, of 8 terms 2·(t mod 4) and the next. Pitches that are 4
/// more than a multiple of 16 put the pairs of half a warp into different banks.
/// </remarks>
internal sealed class TensorCoreSums : IProductSums
{
    /// <summary>Rows of A or columns of B that are loaded together.</summary>
    private const int Group = 16;

    private readonly PtxWriter _writer;
    private readonly TileShape _tile;
    private readonly TileLoader _a;
    private readonly TileLoader _b;
    private readonly PtxValue _row;
    private readonly PtxValue _column;
    private readonly PtxValue _outer;
    private readonly PtxValue _term;

    public TensorCoreSums(PtxWriter writer, TileShape tile, TileLoader a, TileLoader b)
    {
        (_writer, _tile, _a, _b) = (writer, tile, a, b);
        var (rows, columns) = (8 * tile.RowsOfThread, 4 * tile.ColumnsOfThread);
        var (warp, lane) = (writer.Divide(writer.Thread, 32), writer.Remainder(writer.Thread, 32));
        _row = writer.Multiply(writer.Divide(warp, tile.N / columns), rows);
        _column = writer.Multiply(writer.Remainder(warp, tile.N / columns), columns);
        _outer = writer.Multiply(writer.Divide(lane, 4), 2);
        _term = writer.Multiply(writer.Remainder(lane, 4), 2);
        Sums = tile.Sums(writer);
    }

    public PtxValue[][] Sums { get; }

    public int ColumnsTogether => 4;

    public PtxValue RowInTile(int i) => _writer.Add(_writer.Add(_row, _outer), (i / 2 * Group) + (i % 2));

    public PtxValue ColumnInTile(int j) => _writer.Add(_writer.Add(_column, _writer.Multiply(_term, 2)), (j / 4 * Group) + (j % 4));

    public void Add(PtxValue a, PtxValue b)
    {
        a = _writer.Variable(First(_a, a, _row));
        b = _writer.Variable(First(_b, b, _column));
        var terms = _tile.Precision == ProductPrecision.BFloat16 ? 16 : 8;
        _writer.For(0, _tile.K, terms, _ =>
        {
            var rows = Enumerable.Range(0, _tile.RowsOfThread / 2).Select(group => Fragment(_a, a, group)).ToArray();
            var columns = Enumerable.Range(0, _tile.ColumnsOfThread / 4).Select(group => Fragment(_b, b, group)).ToArray();
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < columns.Length; j++)
                {
                    Multiply(i, j, rows[i], columns[j]);
                }
            }

            _writer.Increase(a, 4 * terms * (_a.IsAlongTerms ? 1 : _a.Pitch));
            _writer.Increase(b, 4 * terms * (_b.IsAlongTerms ? 1 : _b.Pitch));
        });
    }

    /// <summary>16 rows by 16 columns, of which an instruction makes every second.</summary>
    private void Multiply(int i, int j, PtxValue[][] row, PtxValue[][] column)
    {
        var (upper, lower) = (Sums[2 * i], Sums[(2 * i) + 1]);
        for (var odd = 0; odd < 2; odd++)
        {
            var c = (4 * j) + odd;
            _writer.MultiplyMatrices(_tile.Precision, [upper[c], upper[c + 2], lower[c], lower[c + 2]], [row[0][0], row[1][0], row[0][1], row[1][1]], column[odd]);
        }
    }

    /// <summary>Where the thread's first element is of those that its warp reads.</summary>
    private PtxValue First(TileLoader tile, PtxValue begin, PtxValue ofWarp)
    {
        var outer = _writer.Add(ofWarp, _outer);
        var (line, place) = tile.IsAlongTerms ? (outer, _term) : (_term, outer);
        return _writer.Add(begin, _writer.MultiplyAdd(line, 4 * tile.Pitch, _writer.Multiply(place, 4)));
    }

    /// <summary>Two neighbouring rows or columns as an instruction takes them: of each the registers of both halves of its terms.</summary>
    private PtxValue[][] Fragment(TileLoader tile, PtxValue address, int group)
    {
        if (_tile.Precision == ProductPrecision.TensorFloat32)
        {
            return Pairs(tile, group, term: 0, offset => _writer.LoadSharedWords(address, offset, 2));
        }

        var (pairs, others) = (Pairs(tile, group, term: 0, Floats), Pairs(tile, group, term: 8, Floats));
        return [.. pairs.Zip(others, (pair, other) => new[] { _writer.ToBFloat16Pair(pair[0], pair[1]), _writer.ToBFloat16Pair(other[0], other[1]) })];

        PtxValue[] Floats(int offset) => _writer.LoadShared(address, offset, 2);
    }

    /// <summary>Two neighbouring rows or columns, of each two neighbouring terms.</summary>
    private static PtxValue[][] Pairs(TileLoader tile, int group, int term, Func<int, PtxValue[]> load)
    {
        var begin = 4 * (tile.IsAlongTerms ? (group * Group * tile.Pitch) + term : (group * Group) + (term * tile.Pitch));
        PtxValue[][] lines = [load(begin), load(begin + (4 * tile.Pitch))];
        return tile.IsAlongTerms ? lines : [[lines[0][0], lines[1][0]], [lines[0][1], lines[1][1]]];
    }
}
