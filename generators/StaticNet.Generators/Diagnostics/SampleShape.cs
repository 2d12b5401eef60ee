using System.Globalization;
using Microsoft.CodeAnalysis;

namespace StaticNet.Generators.Diagnostics;

/// <summary>A shape type, <c>Shape&lt;N28, N28, N1&gt;</c>, as numbers.</summary>
/// <param name="Text">As messages say it: <c>28×28×1 = 784</c>.</param>
/// <param name="Size">The numbers in one sample.</param>
internal sealed record SampleShape(string Text, long Size)
{
    /// <summary>The numbers of a shape; null for type parameters and whatever else has none yet.</summary>
    public static SampleShape? Of(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { Name: "Shape" } shape)
        {
            return null;
        }

        List<long> extents = [];
        var size = 1L;
        foreach (var dimension in shape.TypeArguments)
        {
            if (Extent(dimension) is not { } extent || extent > int.MaxValue / size)
            {
                return null;
            }

            extents.Add(extent);
            size *= extent;
        }

        var number = size.ToString(CultureInfo.InvariantCulture);
        return size == 0 ? null : new(extents.Count == 1 ? number : $"{string.Join("×", extents)} = {number}", size);
    }

    /// <summary><c>N28</c> is 28, <c>N&lt;N4, N96&gt;</c> is 4·1000 + 96.</summary>
    private static long? Extent(ITypeSymbol dimension)
    {
        if (dimension is INamedTypeSymbol { Name: "N", Arity: 2 } composed)
        {
            return (Extent(composed.TypeArguments[0]) * 1000) + Extent(composed.TypeArguments[1]);
        }

        return dimension.Name.StartsWith("N", StringComparison.Ordinal)
            && int.TryParse(dimension.Name.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out var extent) ? extent : null;
    }
}
