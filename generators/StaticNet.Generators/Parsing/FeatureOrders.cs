using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// Finds the parameters whose elements PyTorch counts in another order than the graph, because its images are channels first: those of layers
/// over a flattened image, and those that make what is reshaped into one. Images and what convolutions and pools of sequences take and give
/// have places; values that hold the same numbers at the same places share them. Where two orders meet, PyTorch would compute something
/// else, and the first counts.
/// </summary>
internal sealed class FeatureOrders
{
    private readonly IReadOnlyList<EquatableArray<int>> _shapes;
    private readonly int[] _same;
    private readonly int?[] _places;
    private readonly EquatableArray<FeaturePart>?[] _joined;

    private FeatureOrders(IReadOnlyList<EquatableArray<int>> shapes)
    {
        (_shapes, _same) = (shapes, [.. Enumerable.Range(0, shapes.Count)]);
        (_places, _joined) = (new int?[shapes.Count], new EquatableArray<FeaturePart>?[shapes.Count]);
    }

    /// <summary>The layers of a network without errors, with the orders of their parameters.</summary>
    public static List<LayerModel> Apply(IReadOnlyList<EquatableArray<int>> inputs, IReadOnlyList<Layer> parts, IReadOnlyList<LayerModel> layers)
    {
        var orders = new FeatureOrders([.. inputs, .. layers.Select(layer => layer.Shape)]);
        var flows = layers.Select((layer, i) => (Layer: layer, parts[i].Flow, Value: inputs.Count + i)).ToList();
        foreach (var (layer, flow, value) in flows)
        {
            orders.Join(layer, flow, value);
        }

        foreach (var value in Enumerable.Range(0, orders._shapes.Count).Where(value => orders._shapes[value].Count == 3))
        {
            orders.HasPlaces(value);
        }

        foreach (var (layer, flow, value) in flows)
        {
            foreach (var sequence in layer.Operands.Append(value).Where(v => flow == FeatureFlow.Places && orders._shapes[v].Count == 2))
            {
                orders.HasPlaces(sequence);
            }
        }

        foreach (var (layer, _, value) in flows.Where(each => each.Flow == FeatureFlow.Joined && each.Layer.Shape.Count == 1))
        {
            orders._joined[orders.Find(value)] ??= [.. layer.Operands.SelectMany(operand => orders.PartsOf(operand))];
        }

        return [.. flows.Select(each => each.Layer with
        {
            Parameters = [.. each.Layer.Parameters.Select(parameter => orders.Ordered(parameter, each.Layer, each.Flow, each.Value))],
        })];
    }

    /// <summary>Values that hold their numbers in one order. Between two images a reshape has no counterpart.</summary>
    private void Join(LayerModel layer, FeatureFlow flow, int value)
    {
        foreach (var operand in layer.Operands)
        {
            var areImages = _shapes[operand].Count == 3 && _shapes[value].Count == 3;
            if ((flow == FeatureFlow.Kept && !areImages) || (flow == FeatureFlow.Joined && _shapes[value].Count == 2))
            {
                _same[Find(operand)] = Find(value);
            }
        }
    }

    private int Find(int value)
    {
        while (_same[value] != value)
        {
            value = _same[value];
        }

        return value;
    }

    private void HasPlaces(int value) =>
        _places[Find(value)] ??= (int)(_shapes[value].CountElements() / _shapes[value][_shapes[value].Count - 1]);

    /// <summary>What the numbers of a sample are features of. Concatenated sequences share places and nothing else.</summary>
    private EquatableArray<FeaturePart> PartsOf(int value)
    {
        var count = (int)_shapes[value].CountElements();
        return _places[Find(value)] is { } places ? [count % places == 0 ? new(count / places, places) : new(count, 1)]
            : _joined[Find(value)] is { } joined && joined.Sum(part => part.Channels * part.Places) == count ? joined
            : [new(count, 1)];
    }

    private ParameterSpec Ordered(ParameterSpec parameter, LayerModel layer, FeatureFlow flow, int value)
    {
        var result = Moved(PartsOf(value));
        return (parameter.Role, flow) switch
        {
            (ParameterRole.Weight, FeatureFlow.Own) => parameter with
            {
                Features = _shapes[layer.Operands[0]].Count == 1 ? Moved(PartsOf(layer.Operands[0])) : [],
                OutputFeatures = layer.Shape.Count == 1 ? result : [],
            },
            (ParameterRole.Vector, FeatureFlow.Own) when layer.Shape.Count == 1 => parameter with { Features = result },
            (ParameterRole.Vector, FeatureFlow.Kept) when layer.Shape.Count == 1 => parameter with { Features = result },
            (ParameterRole.Vector, FeatureFlow.Kept) when parameter.Shape is { Count: 3 } image => parameter with
            {
                Shape = [image[2], image[0], image[1]],
                Features = result,
            },
            _ => parameter,
        };
    }

    /// <summary>Nothing, where both orders are the same.</summary>
    private static EquatableArray<FeaturePart> Moved(EquatableArray<FeaturePart> parts) =>
        parts.All(part => part.Channels == 1 || part.Places == 1) ? [] : parts;
}
