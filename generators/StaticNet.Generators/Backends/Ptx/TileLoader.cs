using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Brings tiles of one operand of a product from global to shared memory, asynchronously, by 16 bytes where the operand allows and else by 4.
/// What is outside of the operand becomes zeros. Lines of a tile lie in shared memory as they lie in global memory: along the terms, or
/// along the rows (of A) or columns (of B).
/// </summary>
internal sealed class TileLoader
{
    /// <summary>Threads whose 16 bytes shared memory takes at once.</summary>
    private const int AtOnce = 8;

    private readonly PtxWriter _writer;
    private readonly TensorAccess _access;
    private readonly PtxValue _address;
    private readonly IReadOnlyList<ProductDimension> _outer;
    private readonly IReadOnlyList<ProductDimension> _terms;
    private readonly TileShape _tile;
    private readonly int _length;
    private readonly int _width;
    private readonly List<AccessPart> _fixed = [];
    private PtxValue _column;
    private PtxValue _row;
    private PtxValue _target;

    /// <param name="writer">Where the kernel is written.</param>
    /// <param name="access">Where the operand's elements are.</param>
    /// <param name="address">The operand's begin.</param>
    /// <param name="outer">The rows of A or the columns of B.</param>
    /// <param name="terms">What is summed over.</param>
    /// <param name="tile">The tile of the block.</param>
    /// <param name="length">How many of the rows or columns a tile has.</param>
    public TileLoader(
        PtxWriter writer, TensorAccess access, PtxValue address, IReadOnlyList<ProductDimension> outer, IReadOnlyList<ProductDimension> terms, TileShape tile, int length)
    {
        (_writer, _access, _address, _outer, _terms, _tile, _length) = (writer, access, address, outer, terms, tile, length);
        IsAlongTerms = !IsContiguous(outer) && (IsContiguous(terms) || outer.Count == 0);
        _width = MayReadFour(IsAlongTerms ? terms : outer) ? 4 : 1;
    }

    /// <summary>Whether terms lie side by side.</summary>
    public bool IsAlongTerms { get; }

    /// <summary>
    /// Floats from one line of a tile to the next, apart so that what lanes read at once is in different banks: 16 bytes in each of eight lines,
    /// or for tensor cores eight places in each of four.
    /// </summary>
    public int Pitch => IsAlongTerms ? _tile.K + 4 : _length + (_tile.IsOnTensorCores ? 8 : 0);

    /// <summary>Bytes of a tile in shared memory.</summary>
    public int Bytes => 4 * Pitch * (IsAlongTerms ? _length : _tile.K);

    private int ChunksOfLine => (IsAlongTerms ? _tile.K : _length) / _width;

    private int Lines => IsAlongTerms ? _length : _tile.K;

    private int LinesAtOnce => Math.Min(Lines, _tile.Threads / ChunksOfLine);

    private int Turns => Lines / LinesAtOnce;

    /// <summary>Works out once what does not change from tile to tile.</summary>
    /// <param name="first">The first row or column of the block.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="group">Values of the dimensions that are the same for the whole block.</param>
    public void Prepare(PtxValue first, PtxValue end, IReadOnlyDictionary<int, PtxValue> group)
    {
        _access.Group = group;
        var chunk = _writer.Remainder(_writer.Thread, ChunksOfLine);
        _row = _writer.Divide(_writer.Thread, ChunksOfLine);
        if (_width == 4 && ChunksOfLine < AtOnce && Pitch > 4 * ChunksOfLine)
        {
            // What eight threads write at once goes into different banks along one line, or, where lines are shorter, in one chunk of eight or
            // two of four.
            var lines = Pitch % 8 == 0 ? AtOnce / 2 : AtOnce;
            chunk = _writer.Remainder(_writer.Divide(_writer.Thread, lines), ChunksOfLine);
            _row = _writer.MultiplyAdd(_writer.Divide(_writer.Thread, lines * ChunksOfLine), lines, _writer.Remainder(_writer.Thread, lines));
        }

        _column = _writer.Multiply(chunk, _width);
        _target = _writer.MultiplyAdd(_row, 4 * Pitch, _writer.Multiply(_column, 4));
        for (var turn = 0; turn < (IsAlongTerms ? Turns : 1); turn++)
        {
            var outer = _writer.Add(first, IsAlongTerms ? _writer.Add(_row, turn * LinesAtOnce) : _column);
            var values = ProductIndex.Split(_writer, outer, _outer);
            var inside = _writer.Compare(PtxComparison.Less, outer, Padded(end));
            if (!_access.IsPanels)
            {
                foreach (var pair in group)
                {
                    values[pair.Key] = pair.Value;
                }
            }

            _fixed.Add(_access.Part(values, withOffsets: true, inside));
        }
    }

    /// <summary>Begins to copy the tile of terms from <paramref name="first"/> on.</summary>
    /// <param name="first">The first term.</param>
    /// <param name="end">The one behind the last: zeros from there on.</param>
    /// <param name="shared">Where the tile goes.</param>
    public void Load(PtxValue first, PtxValue end, PtxValue shared)
    {
        var target = _writer.Add(shared, _target);
        OfThreadsThatCopy(() =>
        {
            var along = IsAlongTerms ? Terms(_column) : null;
            for (var turn = 0; turn < Turns; turn++)
            {
                var part = along ?? Terms(_writer.Add(_row, turn * LinesAtOnce));
                var (offset, inside) = _access.Combine(_fixed[IsAlongTerms ? turn : 0], part);
                PtxValue? bytes = inside is { } condition ? _writer.Select(condition, 4 * _width, 0) : null;
                _writer.CopyAsync(target, OffsetOf(turn), _writer.Address(_address, offset), 0, 4 * _width, bytes);
            }
        });

        AccessPart Terms(PtxValue place)
        {
            var term = _writer.Add(first, place);
            return _access.Part(ProductIndex.Split(_writer, term, _terms), withOffsets: false, _writer.Compare(PtxComparison.Less, term, end));
        }
    }

    /// <summary>Rounds to TensorFloat-32 what this thread has copied, once and not in each warp that reads it: the copies must have come, and the others wait.</summary>
    /// <param name="shared">Where the tile is.</param>
    public void Round(PtxValue shared)
    {
        var target = _writer.Add(shared, _target);
        OfThreadsThatCopy(() =>
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                var values = _writer.LoadShared(target, OffsetOf(turn), _width);
                _writer.StoreShared(target, OffsetOf(turn), [.. values.Select(_writer.ToTensorFloat32)]);
            }
        });
    }

    private int OffsetOf(int turn) => 4 * Pitch * turn * LinesAtOnce;

    private void OfThreadsThatCopy(Action body)
    {
        if (LinesAtOnce * ChunksOfLine < _tile.Threads)
        {
            _writer.If(_writer.Compare(PtxComparison.Less, _row, LinesAtOnce), body);
        }
        else
        {
            body();
        }
    }

    // Behind the last output of weights there are zeros up to whole vectors of 16.
    private PtxValue Padded(PtxValue end) =>
        !IsAlongTerms && end.Constant is { } columns && _width == 4 && columns % 4 != 0 ? Padding.To16((int)columns) : end;

    private bool IsContiguous(IReadOnlyList<ProductDimension> dimensions) =>
        dimensions.Count > 0 && _access.StrideOf(dimensions[dimensions.Count - 1].Domain) == 1;

    private bool MayReadFour(IReadOnlyList<ProductDimension> dimensions)
    {
        if (!IsContiguous(dimensions) || !_access.IsAligned)
        {
            return false;
        }

        var last = dimensions[dimensions.Count - 1];
        var isPadded = !_access.Node.Shape.HasBatch && dimensions.Count == 1 && _access.Map.Indices[0].Dimension == last.Domain;
        return !_access.IsChecked(last.Domain) && !last.Extent.IsSymbol && (last.Extent.Size % 4 == 0 || isPadded) && _access.IsAlignedBut(last.Domain);
    }
}
