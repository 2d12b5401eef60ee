namespace StaticNet.Generators.IR;

/// <summary>One index of a tensor as <c>Offset + Σ Coefficients[d] · i[d]</c> over the dimensions i of a domain.</summary>
internal readonly record struct AffineIndex(EquatableArray<int> Coefficients, int Offset)
{
    /// <summary>The index that is domain dimension <paramref name="dimension"/> itself.</summary>
    public static AffineIndex Of(int dimension, int rank) => new([.. Enumerable.Range(0, rank).Select(d => d == dimension ? 1 : 0)], 0);

    /// <summary>The index so many times, and so much further.</summary>
    public AffineIndex Times(int factor, int offset) => new([.. Coefficients.Select(c => c * factor)], (Offset * factor) + offset);

    /// <summary>The one dimension this index equals, or -1 when it is a combination (a window, a stride).</summary>
    public int Dimension
    {
        get
        {
            var found = -1;
            for (var d = 0; d < Coefficients.Count; d++)
            {
                if (Coefficients[d] == 0)
                {
                    continue;
                }

                if (Coefficients[d] != 1 || found >= 0)
                {
                    return -1;
                }

                found = d;
            }

            return Offset == 0 ? found : -1;
        }
    }

    public int Evaluate(IReadOnlyList<int> point)
    {
        var value = Offset;
        for (var d = 0; d < Coefficients.Count; d++)
        {
            value += Coefficients[d] * point[d];
        }

        return value;
    }
}

/// <summary>Where in a tensor a point of a domain reads or writes: one affine index for each axis of the tensor.</summary>
internal readonly record struct AffineMap(EquatableArray<AffineIndex> Indices)
{
    /// <summary>The map whose axes are whole domain dimensions, in the order given.</summary>
    public static AffineMap Project(int rank, params int[] dimensions) => new([.. dimensions.Select(d => AffineIndex.Of(d, rank))]);

    public bool IsProjection => Indices.All(i => i.Dimension >= 0);

    /// <summary>The domain dimension of each axis; only for projections.</summary>
    public IEnumerable<int> Dimensions => Indices.Select(i => i.Dimension);

    public bool Uses(int dimension) => Indices.Any(i => i.Coefficients[dimension] != 0);
}
