namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// What one block of a product makes: <paramref name="M"/> × <paramref name="N"/> sums, of which each thread has some rows and columns,
/// with <paramref name="K"/> terms in shared memory at a time.
/// </summary>
internal sealed record TileShape(int M, int N, int K, int RowsOfThread, int ColumnsOfThread)
{
    /// <summary>Tiles of terms in shared memory: one that is summed, the others on their way.</summary>
    public const int Stages = 3;

    /// <summary>Blocks that share a long sum, at most.</summary>
    private const int MostSplits = 32;

    /// <summary>Blocks that keep a large device busy.</summary>
    private const int ManyBlocks = 256;

    public int ThreadsAcross => N / ColumnsOfThread;

    public int Threads => M / RowsOfThread * ThreadsAcross;

    public static TileShape Of(Product product)
    {
        var columns = Product.Size(product.N);
        return columns <= 16 ? new(64, 16, 16, 4, 4) : columns <= 32 ? new(64, 32, 16, 4, 4) : new(64, 64, 16, 8, 4);
    }

    /// <summary>How many blocks share the terms of each sum of a product whose terms are counted over the batch.</summary>
    public int Splits(Product product)
    {
        if (!Product.HasBatch(product.K))
        {
            return 1;
        }

        var tiles = Tiles(Product.Size(product.M), M) * Tiles(Product.Size(product.N), N) * Product.Size(product.Z);
        return Math.Min(MostSplits, Math.Max(1, ManyBlocks / tiles));
    }

    public static int Tiles(int length, int ofTile) => (length + ofTile - 1) / ofTile;
}
