using StaticNet.Generators.IR;

namespace StaticNet.Cpu.Tests.Compiled;

/// <summary>Parameters and their gradients as a graph has them: features of images place by place, where PyTorch has them channel by channel.</summary>
internal static class GraphOrder
{
    /// <summary>Values in the order of the graph from those in PyTorch's.</summary>
    public static T[] Of<T>(ParameterSpec parameter, IReadOnlyList<T> values)
    {
        var rows = parameter.Role == ParameterRole.Weight ? parameter.Shape[0] : 1;
        var columns = parameter.Size / rows;
        var (toRow, toColumn) = (Places(parameter.OutputFeatures, rows), Places(parameter.Features, columns));
        var result = new T[values.Count];
        for (var i = 0; i < result.Length; i++)
            result[(toRow[i / columns] * columns) + toColumn[i % columns]] = values[i];
        return result;
    }

    private static int[] Places(EquatableArray<FeaturePart> parts, int count)
    {
        if (parts.Count == 0)
            return [.. Enumerable.Range(0, count)];

        var (first, places) = (0, new List<int>());
        foreach (var part in parts)
        {
            for (var channel = 0; channel < part.Channels; channel++)
                places.AddRange(Enumerable.Range(0, part.Places).Select(place => first + (place * part.Channels) + channel));
            first += part.Channels * part.Places;
        }

        return [.. places];
    }
}
