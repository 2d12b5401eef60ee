namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Flat counts of several dimensions.</summary>
internal static class ProductIndex
{
    /// <summary>The dimensions' values in a flat count of them, the last being the fastest.</summary>
    public static Dictionary<int, PtxValue> Split(PtxWriter writer, PtxValue flat, IReadOnlyList<ProductDimension> dimensions)
    {
        var values = new Dictionary<int, PtxValue>();
        for (var i = dimensions.Count - 1; i >= 0; i--)
        {
            var extent = dimensions[i].Extent;
            values[dimensions[i].Domain] = i == 0 ? flat : writer.Remainder(flat, extent.Size);
            flat = i == 0 ? flat : writer.Divide(flat, extent.Size);
        }

        return values;
    }

    /// <summary>How many there are, the batch among them where it is one of the dimensions.</summary>
    public static PtxValue Count(PtxWriter writer, PtxValue batch, IReadOnlyList<ProductDimension> dimensions) =>
        Product.HasBatch(dimensions) ? writer.Multiply(batch, Product.Size(dimensions)) : Product.Size(dimensions);
}
