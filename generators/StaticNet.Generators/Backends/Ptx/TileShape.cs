using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// What one block of a product makes: <paramref name="M"/> × <paramref name="N"/> sums, of which each thread has some rows and columns,
/// with <paramref name="K"/> terms in shared memory at a time.
/// </summary>
internal sealed record TileShape(int M, int N, int K, int RowsOfThread, int ColumnsOfThread)
{
    /// <summary>Fewer rows, columns or terms do not fill an instruction of tensor cores.</summary>
    private const int FewForTensorCores = 16;

    /// <summary>A device has enough to do when there are so many tiles.</summary>
    private const int ManyTiles = 128;

    /// <summary>Terms that take longer than to begin with a tile of 128 × 128 and to end with it.</summary>
    private const int ManyTerms = 256;

    /// <summary>The longest chain of additions in float32.</summary>
    private const int LongestChain = 512;

    /// <summary>Samples that a batch is thought to have.</summary>
    private const int UsualBatch = 64;

    /// <summary>Blocks that share a long sum, at most.</summary>
    private const int MostSplits = 32;

    /// <summary>Terms that a tile sums in the time that it takes to add parts of sums.</summary>
    private const int TermsOfPart = 512;

    /// <summary>Blocks that keep a large device busy.</summary>
    private const int ManyBlocks = 256;

    /// <summary>What operands are rounded to: in less than float32 sums are made by tensor cores.</summary>
    public ProductPrecision Precision { get; init; }

    /// <summary>Tiles of terms in shared memory: one that is summed, the others on their way.</summary>
    public int Stages { get; init; } = 3;

    /// <summary>
    /// Blocks that a multiprocessor should hold at once: registers are kept to so many, and no fewer are taken for more blocks.
    /// </summary>
    public int BlocksAtOnce { get; init; } = 3;

    /// <summary>Whether a sum of float32 may have more terms than should be added one after another.</summary>
    public bool HasLongSums { get; init; }

    public int Threads => M / RowsOfThread * (N / ColumnsOfThread);

    public bool IsOnTensorCores => Precision != ProductPrecision.Float32;

    /// <param name="product">The product.</param>
    /// <param name="precision">What <see cref="PrecisionOf"/> says of the whole contraction.</param>
    /// <param name="splits">How many blocks share the terms of a sum.</param>
    public static TileShape Of(Product product, ProductPrecision precision, int splits)
    {
        var columns = Product.Size(product.N);
        var rows = (long)Rows(product);
        var hasFewTiles = rows / 64 * columns / 64 * splits < ManyTiles && !Product.HasBatch(product.K);
        if (precision == ProductPrecision.Float32)
        {
            TileShape shape = columns <= 16 ? new(64, 16, 16, 4, 4)
                : hasFewTiles ? new(32, 32, 16, 4, 4)
                : columns <= 32 ? new(64, 32, 16, 4, 4)
                : new(64, 64, 16, 8, 4) { BlocksAtOnce = 4 };
            return shape with { HasLongSums = Product.HasBatch(product.K) || Product.Size(product.K) / splits > LongestChain };
        }

        TileShape tile = columns >= 128 && HasManyTerms(product) && rows / 128 * columns / 128 >= ManyTiles ? new(128, 128, 32, 8, 8) { Stages = 2, BlocksAtOnce = 2 }
            : columns <= 16 ? new(64, 16, 32, 2, 4)
            : hasFewTiles ? new(32, 32, 32, 2, 4)
            : columns <= 32 ? new(64, 32, 32, 4, 4)
            : new(64, 64, 32, 4, 8);
        return tile with { Precision = precision };
    }

    /// <summary>What a contraction is computed in: as asked for where all its products are large enough for tensor cores, else float32.</summary>
    public static ProductPrecision PrecisionOf(Node contraction, PtxOptions options) =>
        options.Precision != ProductPrecision.Float32 && Product.Of(contraction).All(product => product.IsZero || IsForTensorCores(product))
            ? options.Precision
            : ProductPrecision.Float32;

    /// <summary>How many blocks share the terms of each sum of a product, where sums are long and few: the same for all shapes of tiles.</summary>
    /// <param name="product">The product.</param>
    /// <param name="fewTerms">Terms that a part should have at least.</param>
    /// <remarks>
    /// Parts are written, read again and added by another launch, which takes about as long as a tile takes to sum <see cref="TermsOfPart"/>
    /// terms. So sums over places and samples, of a convolution's weights, are shared by as many blocks as keep a device busy, and sums over
    /// samples alone, of a dense layer's, by none.
    /// </remarks>
    public static int Splits(Product product, int fewTerms = TermsOfPart)
    {
        // Most batches of a training are larger than the usual one, so that there are more tiles of samples.
        var blocks = Product.HasBatch(product.M) ? ManyTiles : ManyBlocks;
        var tiles = Tiles(Rows(product), 64) * Tiles(Product.Size(product.N), 64) * Product.Size(product.Z);
        var terms = Product.Size(product.K) * (Product.HasBatch(product.K) ? UsualBatch : 1);
        return Math.Max(1, Math.Min(Math.Min(MostSplits, blocks / tiles), terms / fewTerms));
    }

    public static int Tiles(int length, int ofTile) => (length + ofTile - 1) / ofTile;

    /// <summary>Registers for the sums of a thread, all zero.</summary>
    public PtxValue[][] Sums(PtxWriter writer) =>
        [.. Enumerable.Range(0, RowsOfThread).Select(_ => Enumerable.Range(0, ColumnsOfThread).Select(_ => writer.Variable(PtxValue.Float(0))).ToArray())];

    /// <summary>Rows of a batch as it is thought to be.</summary>
    private static int Rows(Product product) => Product.Size(product.M) * (Product.HasBatch(product.M) ? UsualBatch : 1);

    private static bool HasManyTerms(Product product) => Product.HasBatch(product.K) || Product.Size(product.K) >= ManyTerms;

    private static bool IsForTensorCores(Product product) =>
        Product.Size(product.N) >= FewForTensorCores && new[] { product.M, product.K }.All(d => Product.HasBatch(d) || Product.Size(d) >= FewForTensorCores);
}
