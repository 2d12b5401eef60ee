using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Sums by <c>mma</c> of 16 rows, 8 columns, and 8 terms of TensorFloat-32 or 16 of bfloat16. Operands are float32 in shared memory, rounded
/// there to the former, and on their way to the tensor cores to the latter, which is one instruction for two.
/// </summary>
/// <remarks>
/// Rows and columns are where the manual has them: a thread has rows t / 4 and 8 further, columns 2·(t mod 4) and the next. Which term of the
/// tile is which of an instruction's is free, as long as both operands agree: of eight, a thread has t mod 4 and 4 further for
/// TensorFloat-32, so that each is loaded into the register where it is needed, and 2·(t mod 4) and the next for bfloat16, which are packed.
/// <see cref="TileLoader.Pitch"/> puts what a warp loads at once into different banks.
/// </remarks>
internal sealed class TensorCoreSums : IProductSums
{
    private readonly PtxWriter _writer;
    private readonly TileShape _tile;
    private readonly TileLoader _a;
    private readonly TileLoader _b;
    private readonly PtxValue _row;
    private readonly PtxValue _column;
    private readonly PtxValue _outer;
    private readonly PtxValue _quarter;
    private readonly PtxValue[][] _sums;

    public TensorCoreSums(PtxWriter writer, TileShape tile, TileLoader a, TileLoader b)
    {
        (_writer, _tile, _a, _b) = (writer, tile, a, b);
        var (rows, columns) = (8 * tile.RowsOfThread, 4 * tile.ColumnsOfThread);
        var (warp, lane) = (writer.Divide(writer.Thread, 32), writer.Remainder(writer.Thread, 32));
        _row = writer.Multiply(writer.Divide(warp, tile.N / columns), rows);
        _column = writer.Multiply(writer.Remainder(warp, tile.N / columns), columns);
        _outer = writer.Divide(lane, 4);
        _quarter = writer.Remainder(lane, 4);
        _sums = tile.Sums(writer);
    }

    public int Pitch => _tile.N + 8;

    private bool IsPacked => _tile.Precision == ProductPrecision.BFloat16;

    public void Add(PtxValue a, PtxValue b)
    {
        a = _writer.Variable(First(_a, a, _row));
        b = _writer.Variable(First(_b, b, _column));
        var terms = IsPacked ? 16 : 8;
        _writer.For(0, _tile.K, terms, _ =>
        {
            var rows = Enumerable.Range(0, _tile.RowsOfThread).Select(i => Fragment(_a, a, i)).ToArray();
            var columns = Enumerable.Range(0, _tile.ColumnsOfThread / 2).Select(j => Fragment(_b, b, j)).ToArray();
            for (var i = 0; i < rows.Length; i += 2)
            {
                for (var j = 0; j < columns.Length; j++)
                {
                    PtxValue[] sums = [_sums[i][2 * j], _sums[i][(2 * j) + 1], _sums[i + 1][2 * j], _sums[i + 1][(2 * j) + 1]];
                    _writer.MultiplyMatrices(_tile.Precision, sums, [rows[i][0], rows[i + 1][0], rows[i][1], rows[i + 1][1]], columns[j]);
                }
            }

            _writer.Increase(a, 4 * terms * (_a.IsAlongTerms ? 1 : _a.Pitch));
            _writer.Increase(b, 4 * terms * (_b.IsAlongTerms ? 1 : _b.Pitch));
        });
    }

    public void Store(PtxValue tile)
    {
        var column = _writer.Add(_column, _writer.Multiply(_quarter, 2));
        var first = _writer.Add(_writer.MultiplyAdd(_writer.Add(_row, _outer), 4 * Pitch, tile), _writer.Multiply(column, 4));
        for (var i = 0; i < _tile.RowsOfThread; i++)
        {
            for (var j = 0; j < _tile.ColumnsOfThread; j += 2)
            {
                _writer.StoreShared(first, 4 * ((8 * i * Pitch) + (4 * j)), _sums[i][j], _sums[i][j + 1]);
            }
        }
    }

    /// <summary>Where the thread's first element is of those that its warp reads.</summary>
    private PtxValue First(TileLoader tile, PtxValue begin, PtxValue ofWarp)
    {
        var outer = _writer.Add(ofWarp, _outer);
        var term = IsPacked ? _writer.Multiply(_quarter, 2) : _quarter;
        var (line, place) = tile.IsAlongTerms ? (outer, term) : (term, outer);
        return _writer.Add(begin, _writer.MultiplyAdd(line, 4 * tile.Pitch, _writer.Multiply(place, 4)));
    }

    /// <summary>A row or a column as an instruction takes it: the registers of both halves of its terms.</summary>
    private PtxValue[] Fragment(TileLoader tile, PtxValue address, int number)
    {
        if (!IsPacked)
        {
            return [_writer.LoadSharedWords(address, Offset(0))[0], _writer.LoadSharedWords(address, Offset(4))[0]];
        }

        return [Packed(0), Packed(8)];

        int Offset(int term) => 4 * (tile.IsAlongTerms ? (8 * number * tile.Pitch) + term : (8 * number) + (term * tile.Pitch));

        PtxValue Packed(int term)
        {
            PtxValue[] pair = tile.IsAlongTerms
                ? _writer.LoadShared(address, Offset(term), 2)
                : [_writer.LoadShared(address, Offset(term))[0], _writer.LoadShared(address, Offset(term + 1))[0]];
            return _writer.ToBFloat16Pair(pair[0], pair[1]);
        }
    }
}
