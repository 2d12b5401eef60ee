using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Frozen;

/// <summary>A tensor that does not change any more.</summary>
/// <param name="Parameter">What it is to the network.</param>
/// <param name="Values">In the order of the graph; null where the generator does not see them.</param>
/// <param name="Offset">Where it begins in the resource, in floats; null when it is not there.</param>
internal sealed record FrozenTensor(ParameterSpec Parameter, float[]? Values, int? Offset);

/// <summary>The tensors of a frozen network, and those of the file that are missing or of another shape.</summary>
internal sealed record FrozenWeights(string Resource, long ResourceFloats, IReadOnlyDictionary<string, FrozenTensor> Tensors, IReadOnlyList<string> Problems)
{
    /// <summary>Tensors that a message names; of more it says how many.</summary>
    private const int FewProblems = 4;

    public static FrozenWeights Bind(NetworkModel model, WeightText text)
    {
        var problems = new List<string>();
        var tensors = new Dictionary<string, FrozenTensor>(StringComparer.Ordinal);
        WeightListing listing;
        try
        {
            listing = WeightListing.Parse(text.Text);
        }
        catch (FormatException e)
        {
            return new FrozenWeights("", 0, tensors, [$"the build made no listing of it that this version reads: {e.Message}"]);
        }

        var found = listing.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            if (!found.TryGetValue(parameter.Name, out var tensor))
            {
                problems.Add($"it has no {parameter.Name}");
            }
            else if (!tensor.Shape.SequenceEqual(parameter.Shape))
            {
                problems.Add($"{parameter.Name} is [{string.Join(", ", parameter.Shape)}] and there [{string.Join(", ", tensor.Shape)}]");
            }
            else if (tensor.Values is null && tensor.Layout != LayoutText(parameter))
            {
                problems.Add($"{parameter.Name} is in an order that the file says nothing of (it is {tensor.Layout} and should be {LayoutText(parameter)})");
            }
            else
            {
                var values = tensor.Values is { } elements ? InGraphOrder(parameter, elements) : null;
                tensors[parameter.Name] = new FrozenTensor(parameter, values, tensor.Layout == LayoutText(parameter) ? (int?)tensor.Offset : null);
            }

            found.Remove(parameter.Name);
        }

        problems.AddRange(found.Keys.Select(name => $"it has {name} besides"));
        return new FrozenWeights(listing.Resource, listing.Floats, tensors, problems.Count <= FewProblems
            ? problems
            : [.. problems.Take(FewProblems), $"and {problems.Count - FewProblems} more"]);
    }

    /// <summary>The same with further tensors.</summary>
    public FrozenWeights With(IEnumerable<FrozenTensor> constants)
    {
        var tensors = Tensors.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var constant in constants)
        {
            tensors[constant.Parameter.Name] = constant;
        }

        return this with { Tensors = tensors };
    }

    /// <summary>The layout that kernels read, in the words of the run time's <c>ParameterLayout</c>.</summary>
    private static string LayoutText(ParameterSpec parameter)
    {
        return parameter.Role != ParameterRole.Weight ? $"vector {Text(parameter.Features, parameter.Size)}"
            : parameter.Cells > 1 ? $"matrix {parameter.Shape[0]} {Text([new(parameter.Shape[1], parameter.Cells)], parameter.Columns)}"
            : $"matrix {Text(parameter.OutputFeatures, parameter.Shape[0])} {Text(parameter.Features, parameter.Columns)}";

        static string Text(EquatableArray<FeaturePart> parts, int length) => parts.Count == 0 ? $"{length}"
            : string.Join("+", parts.Select(part => part.Places == 1 ? $"{part.Channels}" : $"{part.Channels}x{part.Places}"));
    }

    /// <summary>PyTorch counts the features of a flattened image channel by channel, the graph place by place.</summary>
    private static float[] InGraphOrder(ParameterSpec parameter, float[] values)
    {
        if (parameter.Features.Count + parameter.OutputFeatures.Count == 0)
        {
            return values;
        }

        var rows = parameter.Role == ParameterRole.Weight ? parameter.Shape[0] : 1;
        var columns = values.Length / rows;
        var (toRow, toColumn) = (Places(parameter.OutputFeatures, rows), Places(parameter.Features, columns));
        var result = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            result[(toRow[i / columns] * columns) + toColumn[i % columns]] = values[i];
        }

        return result;

        static int[] Places(EquatableArray<FeaturePart> parts, int count)
        {
            var (first, places) = (0, new List<int>(count));
            foreach (var part in parts.Count == 0 ? [new FeaturePart(count, 1)] : parts)
            {
                places.AddRange(from channel in Enumerable.Range(0, part.Channels)
                                from place in Enumerable.Range(0, part.Places)
                                select first + (place * part.Channels) + channel);
                first += part.Channels * part.Places;
            }

            return [.. places];
        }
    }

    /// <summary>Values in the order of storage, with its padding.</summary>
    public static float[] Stored(ParameterSpec parameter, float[] values)
    {
        var stored = new float[Padding.Floats(parameter)];
        for (var i = 0; i < values.Length; i++)
        {
            stored[Padding.Index(parameter, i)] = values[i];
        }

        return stored;
    }
}
