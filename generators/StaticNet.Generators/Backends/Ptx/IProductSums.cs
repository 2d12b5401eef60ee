namespace StaticNet.Generators.Backends.Ptx;

/// <summary>The sums of a block of a product: which of its tile each thread has, and how a tile of terms is added to them.</summary>
internal interface IProductSums
{
    /// <summary>Floats from one row of the tile of sums to the next in shared memory: threads that store theirs at once find different banks.</summary>
    int Pitch { get; }

    /// <summary>Adds the products of one tile of terms.</summary>
    /// <param name="a">Where the tile of A begins in shared memory.</param>
    /// <param name="b">Where the tile of B begins.</param>
    void Add(PtxValue a, PtxValue b);

    /// <summary>Stores the thread's sums in shared memory, where the tile of sums lies row after row.</summary>
    /// <param name="tile">Where it begins.</param>
    void Store(PtxValue tile);
}
