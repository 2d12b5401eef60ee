using System.Runtime.CompilerServices;

namespace StaticNet.Execution;

/// <summary>A tensor of a parameter's shape in memory: a parameter itself, or an optimizer's state for it.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Shape">In PyTorch's order.</param>
/// <param name="Layout">Where each element lies.</param>
/// <param name="Storage">Where storage begins.</param>
internal readonly record struct StoredTensor(string Name, int[] Shape, ParameterLayout Layout, nint Storage)
{
    /// <summary>Elements, without padding.</summary>
    public int Size => Layout.Rows * Layout.Columns;

    /// <summary>
    /// The same in the order of a graph whose images are channels last: features of flattened images place by place. What slides over places has
    /// no such features.
    /// </summary>
    public StoredTensor ChannelsLast => (Shape, Layout.Panels) switch
    {
        ({ Length: 2 }, true) => this with { Layout = ParameterLayout.Matrix(Layout.Rows, Layout.Columns) },
        ([var channels, var height, var width], false) => this with { Shape = [height, width, channels], Layout = ParameterLayout.Vector(Layout.Columns) },
        (_, false) => this with { Layout = ParameterLayout.Vector(Layout.Columns) },
        _ => this,
    };

    /// <summary>One tensor for each parameter of a network, or each that is trained, in an arena of the same order.</summary>
    public static IEnumerable<StoredTensor> Of(NetworkInfo info, nint arena, string prefix = "", bool trainedOnly = false) =>
        from parameter in info.Parameters
        where !(trainedOnly && parameter.IsState)
        select new StoredTensor(
            prefix + parameter.Name, parameter.Shape, parameter.Layout, arena + (nint)(parameter.Offset * sizeof(float)));

    /// <summary>Element by element in PyTorch's order.</summary>
    public void CopyTo(Span<float> elements)
    {
        var columns = Layout.ColumnPositions();
        for (var row = 0; row < Layout.Rows; row++)
        {
            CopyTo(row, columns, elements.Slice(row * columns.Length, columns.Length));
        }
    }

    /// <summary>One row.</summary>
    /// <param name="row">Counted as PyTorch counts.</param>
    /// <param name="columns">The layout's positions of columns.</param>
    /// <param name="elements">Its elements in PyTorch's order.</param>
    public void CopyTo(int row, int[] columns, Span<float> elements)
    {
        var (start, step) = Layout.Row(row);
        ref var first = ref Element(start);
        for (var column = 0; column < columns.Length; column++)
        {
            elements[column] = Unsafe.Add(ref first, (nint)columns[column] * step);
        }
    }

    /// <summary>Element by element in PyTorch's order; padding is left alone.</summary>
    public void CopyFrom(ReadOnlySpan<float> elements)
    {
        var (columns, position) = (Layout.ColumnPositions(), 0);
        for (var row = 0; row < Layout.Rows; row++)
        {
            var (start, step) = Layout.Row(row);
            ref var first = ref Element(start);
            foreach (var column in columns)
            {
                Unsafe.Add(ref first, (nint)column * step) = elements[position++];
            }
        }
    }

    /// <summary>
    /// Element by element as they lie in a file; padding is left alone. Keras' tensors are turned, and have features of images in the order of
    /// storage: whatever a weight is of, columns go as they do in storage, with all rows of each.
    /// </summary>
    public void CopyFrom(MappedTensor elements, WeightLayout layout)
    {
        var (columns, position, rows) = (Layout.ColumnPositions(), 0L, (long)Layout.Rows);
        for (var row = 0; row < Layout.Rows; row++)
        {
            var (start, step) = Layout.Row(row);
            ref var first = ref Element(start);
            var output = Layout.RowPosition(row);
            foreach (var column in columns)
            {
                Unsafe.Add(ref first, (nint)column * step) = elements[layout == WeightLayout.PyTorch ? position++ : (column * rows) + output];
            }
        }
    }

    private ref float Element(long index) => ref Address.ToRef(Storage + (nint)(index * sizeof(float)));
}
