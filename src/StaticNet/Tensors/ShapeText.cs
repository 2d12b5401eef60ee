namespace StaticNet;

/// <summary>What messages say about shapes.</summary>
internal static class ShapeText
{
    /// <summary>"28×28×1".</summary>
    public static string Of(ReadOnlySpan<int> extents) => string.Join('×', extents.ToArray());

    /// <summary>Why so many values are no batch of a shape, and what to do about it.</summary>
    public static string NotWholeSamples<TShape>(int length)
        where TShape : IShape
    {
        if (TShape.Size == 0) return $"A sample of {TShape.Text} has no values, but {length} were given. Pass an empty span.";

        var (samples, rest) = Math.DivRem(length, TShape.Size);
        return $"{length} values are no whole number of samples of {TShape.Text}: a sample has {TShape.Size} values, and {length} = "
            + $"{samples} × {TShape.Size} + {rest}. Pass {(samples == 0 ? "" : $"{samples * TShape.Size} or ")}"
            + $"{(samples + 1L) * TShape.Size} values, for instance a slice of the span.";
    }

    /// <summary>Why a batch of one shape cannot be seen as one of another.</summary>
    public static string DifferentSizes<TShape, TOther>()
        where TShape : IShape
        where TOther : IShape =>
        $"A sample of {TShape.Text} has {TShape.Size} values and one of {TOther.Text} has {TOther.Size}: only shapes of equal size can be "
        + "taken for each other.";
}
