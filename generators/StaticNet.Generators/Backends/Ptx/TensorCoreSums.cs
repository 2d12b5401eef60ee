using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Sums by <c>mma</c> of 16 rows, 8 columns, and 8 terms of TensorFloat-32 or 16 of bfloat16. Operands are float32 in shared memory, rounded
/// there to the former, and on their way to the tensor cores to the latter, which is one instruction for two.
/// </summary>
/// <remarks>
/// Rows and columns are where the manual has them: a thread has rows t / 4 and 8 further, columns 2·(t mod 4) and the next. Which term of the
/// tile is which of an instruction's is free, as long as both operands agree: a thread has t mod 4 and 4 further of every eight, which are a
/// register each for TensorFloat-32 and packed in one for bfloat16. Along the terms, that is how <c>ldmatrix</c> gives them to a warp: four
/// matrices of eight rows of 16 bytes at once. <see cref="TileLoader.Pitch"/> puts what a warp loads at once into different banks.
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
            var rows = Fragments(_a, a, _tile.RowsOfThread);
            var columns = Fragments(_b, b, _tile.ColumnsOfThread / 2);
            for (var i = 0; i < rows.Count; i += 2)
            {
                for (var j = 0; j < columns.Count; j++)
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

    /// <summary>Where what a thread loads begins: along the terms a row of one of the four matrices, else its first element.</summary>
    private PtxValue First(TileLoader tile, PtxValue begin, PtxValue ofWarp)
    {
        if (!tile.IsAlongTerms)
        {
            return _writer.Add(begin, _writer.MultiplyAdd(_quarter, 4 * tile.Pitch, _writer.Multiply(_writer.Add(ofWarp, _outer), 4)));
        }

        // The four matrices are the next terms of eight lines, or the next eight terms of sixteen.
        var (line, matrix) = (_writer.Remainder(_writer.Thread, 8), _writer.Remainder(_writer.Divide(_writer.Thread, 8), 4));
        line = _writer.Add(ofWarp, IsPacked ? line : _writer.MultiplyAdd(_writer.Divide(matrix, 2), 8, line));
        return _writer.Add(begin, _writer.MultiplyAdd(line, 4 * tile.Pitch, _writer.Multiply(IsPacked ? matrix : _writer.Remainder(matrix, 2), 16)));
    }

    /// <summary>Eight rows or columns each, as an instruction takes them: the registers of both halves of their terms.</summary>
    private List<PtxValue[]> Fragments(TileLoader tile, PtxValue address, int count)
    {
        var fragments = new List<PtxValue[]>();
        while (fragments.Count < count)
        {
            var number = fragments.Count;
            if (tile.IsAlongTerms)
            {
                var matrices = _writer.LoadMatrices(address, 4 * 8 * number * tile.Pitch);
                fragments.AddRange(IsPacked
                    ? [[_writer.ToBFloat16Pair(matrices[0], matrices[1]), _writer.ToBFloat16Pair(matrices[2], matrices[3])]]
                    : [[matrices[0], matrices[1]], [matrices[2], matrices[3]]]);
            }
            else
            {
                fragments.Add(IsPacked ? [_writer.ToBFloat16Pair(Load(0), Load(4)), _writer.ToBFloat16Pair(Load(8), Load(12))] : [Load(0), Load(4)]);
            }

            PtxValue Load(int term) => _writer.LoadSharedWords(address, 4 * ((8 * number) + (term * tile.Pitch)))[0];
        }

        return fragments;
    }
}
