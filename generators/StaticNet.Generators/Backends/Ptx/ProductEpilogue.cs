using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>
/// Goes through the sums of a block, row by row: neighbouring threads have neighbouring columns, four each where so many lie side by side in
/// what is read and written.
/// </summary>
internal sealed class ProductEpilogue(PtxWriter writer, Product product, TileShape tile, ProductEmitter sums)
{
    private readonly int _columns = Product.Size(product.N);

    private bool HasFours => product.N[product.N.Count - 1].Extent.Size % 4 == 0;

    /// <summary>Writes each value of a kernel to where it is wanted.</summary>
    public void Write(SumEpilogue epilogue)
    {
        // Columns are channels; only where a convolution has a single place along an axis they count cells too.
        var isPlain = product.N.Count == 1 && epilogue.HasPlainRows;
        Threads(HasFours ? 4 : 1, _columns, column =>
        {
            var columns = Point(ProductIndex.Split(writer, column, product.N));
            epilogue.Prepare(epilogue.Column(columns), HasFours ? 4 : 1);
            return (row, values) => epilogue.Write(
                values, isPlain ? row : epilogue.Row(Both(Point(ProductIndex.Split(writer, row, product.M)), columns)), epilogue.Column(columns));
        });
    }

    /// <summary>Writes plain sums of weights to where they lie in their panels. Those behind the last output are zero and are written too.</summary>
    /// <param name="place">Where weights lie.</param>
    /// <param name="address">The begin of the panels.</param>
    public void WriteWeights(TensorAccess place, PtxValue address) =>
        Threads(product.Z.Count == 0 || HasFours ? 4 : 1, product.Z.Count == 0 ? Padding.To16(_columns) : _columns, column =>
        {
            var ofColumn = place.Part(Point(ProductIndex.Split(writer, column, product.N)), withOffsets: true, isInside: null);
            return (row, values) =>
            {
                var ofRow = place.Part(ProductIndex.Split(writer, row, product.M), withOffsets: false, isInside: null);
                SumEpilogue.Store(writer, writer.Address(address, place.Combine(ofColumn, ofRow).Offset), values, isAligned: true);
            };
        });

    /// <summary>What each thread does with its columns, and then with the sums of each of its rows.</summary>
    /// <param name="together">Columns of a thread.</param>
    /// <param name="end">The column behind the last.</param>
    /// <param name="ofColumn">Takes the first column.</param>
    private void Threads(int together, int end, Func<PtxValue, Action<PtxValue, PtxValue[]>> ofColumn)
    {
        var across = tile.N / together;
        var inTile = writer.Multiply(writer.Remainder(writer.Thread, across), together);
        var column = writer.Add(sums.FirstColumn, inTile);
        if (end % tile.N == 0)
        {
            Rows();
        }
        else
        {
            writer.If(writer.Compare(PtxComparison.Less, column, end), Rows);
        }

        void Rows()
        {
            var ofRow = ofColumn(column);
            var rows = writer.MinimumWord(writer.Subtract(sums.Rows, sums.FirstRow), tile.M);
            writer.For(
                writer.Divide(writer.Thread, across), rows, tile.Threads / across,
                row => ofRow(writer.Add(sums.FirstRow, row), sums.Sums(row, inTile, together)));
        }
    }

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
