namespace StaticNet.Generators.Backends.Ptx;

/// <summary>The sums of a block of a product: which of its tile each thread has, and how a tile of terms is added to them.</summary>
internal interface IProductSums
{
    /// <summary>The sums of a thread, row by row.</summary>
    PtxValue[][] Sums { get; }

    /// <summary>Columns of a thread that lie side by side.</summary>
    int ColumnsTogether { get; }

    /// <summary>The row of the block's tile that is the thread's <paramref name="i"/>th.</summary>
    PtxValue RowInTile(int i);

    /// <summary>The column of the block's tile that is the thread's <paramref name="j"/>th.</summary>
    PtxValue ColumnInTile(int j);

    /// <summary>Adds the products of one tile of terms.</summary>
    /// <param name="a">Where the tile of A begins in shared memory.</param>
    /// <param name="b">Where the tile of B begins.</param>
    void Add(PtxValue a, PtxValue b);
}
