using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Writes the kernel of a product: each block sums a tile of the result from tiles of both operands in shared memory, which are copied
/// there while the ones before are summed, and then does with its sums what follows them.
/// </summary>
internal sealed class ProductEmitter
{
    /// <summary>Bytes of shared memory that a kernel may declare.</summary>
    private const int MostStaticBytes = 48 * 1024;

    private readonly PtxWriter _writer;
    private readonly Product _product;
    private readonly TileShape _tile;
    private readonly TileLoader _a;
    private readonly TileLoader _b;
    private readonly IProductSums _sums;
    private readonly int _splits;
    private PtxValue _shared;

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
        _sums = tile.IsOnTensorCores ? new TensorCoreSums(writer, tile, _a, _b) : new MultiplyAddSums(writer, tile, _a, _b);
    }

    /// <summary>The values of the dimensions that are the same for the whole block.</summary>
    public Dictionary<int, PtxValue> Group { get; private set; } = [];

    /// <summary>Which of the blocks that share terms this is.</summary>
    public PtxValue Split { get; private set; }

    /// <summary>Bytes of dynamic shared memory.</summary>
    public int SharedBytes => TileBytes > MostStaticBytes && !_product.IsZero ? TileBytes : 0;

    private int TileBytes => Math.Max(_tile.Stages * (_a.Bytes + _b.Bytes), 4 * _tile.M * _sums.Pitch);

    /// <summary>The first row of the block.</summary>
    public PtxValue FirstRow => _writer.Multiply(_writer.Block('x'), _tile.M);

    /// <summary>The first column of the block.</summary>
    public PtxValue FirstColumn => _writer.Multiply(_writer.Block('y'), _tile.N);

    /// <summary>Rows in all.</summary>
    public PtxValue Rows => ProductIndex.Count(_writer, _writer.Batch, _product.M);

    /// <summary>Some sums that lie side by side in a row of the block's tile, of whichever thread they are.</summary>
    public PtxValue[] Sums(PtxValue row, PtxValue column, int count) => _product.IsZero
        ? [.. Enumerable.Repeat(PtxValue.Float(0), count)]
        : _writer.LoadShared(_writer.Add(_writer.MultiplyAdd(row, 4 * _sums.Pitch, _shared), _writer.Multiply(column, 4)), 0, count);

    /// <summary>Writes the sums, and leaves them in shared memory.</summary>
    public void Write()
    {
        var groups = Product.Size(_product.Z);
        var z = _writer.Block('z');
        Group = ProductIndex.Split(_writer, _writer.Remainder(z, groups), _product.Z);
        Split = _writer.Divide(z, groups);
        if (_product.IsZero)
        {
            return;
        }

        var (first, end) = Terms();
        _a.Prepare(FirstRow, Rows, Group);
        _b.Prepare(FirstColumn, Product.Size(_product.N), Group);
        _shared = SharedBytes > 0 ? _writer.DynamicShared() : _writer.Shared("tiles", TileBytes);
        var stage = _a.Bytes + _b.Bytes;
        var (read, write) = (_writer.Variable(_shared), _writer.Variable(_shared));
        var behind = _writer.Add(_shared, _tile.Stages * stage);
        var ahead = _tile.Stages - 1;
        var firstSummed = _writer.Add(first, ahead * _tile.K);
        _writer.For(first, _writer.Add(end, ahead * _tile.K), _tile.K, term =>
        {
            // The first turns only copy. Later, the tile to sum has come, and nobody sums any longer where the next one goes.
            var sums = _writer.Compare(PtxComparison.GreaterOrEqual, term, firstSummed);
            _writer.If(sums, () =>
            {
                _writer.WaitForCopies(ahead - 1);
                if (_tile.Precision == ProductPrecision.TensorFloat32)
                {
                    _a.Round(read);
                    _b.Round(_writer.Add(read, _a.Bytes));
                }

                _writer.Barrier();
            });
            Load(term, end, write);
            Advance(write);
            _writer.If(sums, () =>
            {
                _sums.Add(read, _writer.Add(read, _a.Bytes));
                Advance(read);
            });
        });
        _writer.WaitForCopies(0);
        _writer.Barrier();
        _sums.Store(_shared);
        _writer.Barrier();

        void Advance(PtxValue place)
        {
            _writer.Increase(place, stage);
            _writer.Guarded(_writer.Compare(PtxComparison.GreaterOrEqual, place, behind), () => _writer.Set(place, _shared));
        }
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
}
