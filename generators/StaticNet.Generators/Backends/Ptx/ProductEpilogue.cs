using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Goes through the rows and columns of a thread's sums, as far as the product has so many.</summary>
internal sealed class ProductEpilogue(PtxWriter writer, Product product, TileShape tile, ProductEmitter sums)
{
    private readonly int _count = Product.Size(product.N);

    /// <summary>Writes each value of a kernel to where it is wanted.</summary>
    public void Write(SumEpilogue epilogue)
    {
        var together = product.N[product.N.Count - 1].Extent.Size % 4 == 0 ? sums.ColumnsTogether : 1;
        foreach (var j in Columns(together))
        {
            Guard(j, _count, () => epilogue.Prepare(j, epilogue.Column(ColumnPoint(j)), together));
        }

        foreach (var i in Enumerable.Range(0, tile.RowsOfThread))
        {
            writer.If(writer.Compare(PtxComparison.Less, sums.Row(i), sums.Rows), () =>
            {
                // Columns are channels; only where a convolution has a single place along an axis they count cells too.
                var isPlain = product.N.Count == 1 && epilogue.HasPlainRows;
                var point = isPlain ? [] : Point(ProductIndex.Split(writer, sums.Row(i), product.M));
                var row = isPlain ? sums.Row(i) : epilogue.Row(point);
                foreach (var j in Columns(together))
                {
                    Guard(j, _count, () =>
                    {
                        var columns = ColumnPoint(j);
                        epilogue.Write(j, Sums(i, j, together), product.N.Count == 1 ? row : epilogue.Row(Both(point, columns)), epilogue.Column(columns));
                    });
                }
            });
        }
    }

    /// <summary>Writes plain sums of weights to where they lie in their panels. Those behind the last output are zero and are written too.</summary>
    /// <param name="place">Where weights lie.</param>
    /// <param name="address">The begin of the panels.</param>
    public void WriteWeights(TensorAccess place, PtxValue address)
    {
        var together = product.Z.Count == 0 || product.N[product.N.Count - 1].Extent.Size % 4 == 0 ? sums.ColumnsTogether : 1;
        var end = product.Z.Count == 0 ? Padding.To16(_count) : _count;
        var columns = Columns(together).ToDictionary(j => j, j => place.Part(Point(ColumnPoint(j)), withOffsets: true, isInside: null));
        foreach (var i in Enumerable.Range(0, tile.RowsOfThread))
        {
            writer.If(writer.Compare(PtxComparison.Less, sums.Row(i), sums.Rows), () =>
            {
                var row = place.Part(ProductIndex.Split(writer, sums.Row(i), product.M), withOffsets: false, isInside: null);
                foreach (var j in columns.Keys)
                {
                    Guard(j, end, () => SumEpilogue.Store(writer, writer.Address(address, place.Combine(columns[j], row).Offset), Sums(i, j, together), isAligned: true));
                }
            });
        }
    }

    private IEnumerable<int> Columns(int together) => Enumerable.Range(0, tile.ColumnsOfThread / together).Select(j => j * together);

    private PtxValue[] Sums(int row, int first, int count) => [.. Enumerable.Range(first, count).Select(j => sums.Sums[row][j])];

    private void Guard(int column, int end, Action body)
    {
        if (end % tile.N == 0)
        {
            body();
        }
        else
        {
            writer.If(writer.Compare(PtxComparison.Less, sums.Column(column), end), body);
        }
    }

    private Dictionary<int, PtxValue> ColumnPoint(int column) => Point(ProductIndex.Split(writer, sums.Column(column), product.N));

    private static Dictionary<int, PtxValue> Both(Dictionary<int, PtxValue> a, Dictionary<int, PtxValue> b) =>
        a.Concat(b.Where(pair => !a.ContainsKey(pair.Key))).ToDictionary(pair => pair.Key, pair => pair.Value);

    private Dictionary<int, PtxValue> Point(Dictionary<int, PtxValue> values)
    {
        foreach (var pair in sums.Group)
        {
            values[pair.Key] = pair.Value;
        }

        return values;
    }
}
