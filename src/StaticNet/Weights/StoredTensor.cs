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

    /// <summary>One tensor for each parameter of a network, or each that is trained, in an arena of the same order.</summary>
    public static IEnumerable<StoredTensor> Of(NetworkInfo info, nint arena, string prefix = "", bool trainedOnly = false) =>
        from parameter in info.Parameters
        where !(trainedOnly && parameter.IsState)
        select new StoredTensor(
            prefix + parameter.Name, parameter.Shape, parameter.Layout, arena + (nint)(parameter.Offset * sizeof(float)));

    /// <summary>Element by element in PyTorch's order.</summary>
    public void CopyTo(Span<float> elements)
    {
        var (columns, position) = (Layout.Columns, 0);
        for (var row = 0; row < Layout.Rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                elements[position++] = Element(row, column);
            }
        }
    }

    /// <summary>Element by element in PyTorch's order; padding is left alone.</summary>
    public void CopyFrom(ReadOnlySpan<float> elements)
    {
        var (columns, position) = (Layout.Columns, 0);
        for (var row = 0; row < Layout.Rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                Element(row, column) = elements[position++];
            }
        }
    }

    private ref float Element(int row, int column) =>
        ref Address.ToRef(Storage + (nint)(Layout.Index(row, column) * sizeof(float)));
}
