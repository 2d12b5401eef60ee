using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// Runs the shape rules in order. After a layer that does not fit its guess goes on, without further rules on what follows from it: one
/// mistake is one finding.
/// </summary>
internal sealed class ShapeInference(Declaration declaration, Names names, Connections connections)
{
    private readonly List<EquatableArray<int>?> _shapes = [.. declaration.Inputs.Select(input => (EquatableArray<int>?)input.ValueShape)];
    private readonly List<bool> _isKnown = [.. declaration.Inputs.Select(input => !input.Arguments.IsBroken)];

    /// <summary>The shape of a value, or the guess at it.</summary>
    public EquatableArray<int>? this[int value] => _shapes[value];

    /// <summary>A value whose shape is known, as shape rules see it; null for guesses.</summary>
    public Value? ValueOf(Operand operand) =>
        operand is { Value: >= 0 and var value, Source: { } source } && _isKnown[value] ? new(source, _shapes[value]!.Value) : null;

    public List<LayerModel> Run()
    {
        List<LayerModel> models = [];
        for (var layer = 0; layer < declaration.Layers.Count; layer++)
        {
            var (part, operands) = (declaration.Layers[layer], connections[layer]);
            var name = names[declaration.Inputs.Count + layer];
            var result = Infer(part, name, layer);
            var shape = result?.Shape ?? part.GuessShape([.. operands.Select(operand => operand.Value < 0 ? null : _shapes[operand.Value])]);
            _shapes.Add(shape);
            _isKnown.Add(result is not null);
            var (arguments, parameters) = (part.Arguments, result?.Parameters ?? []);
            models.Add(new(arguments.Place.Attribute, name, arguments.Kind, arguments.Text, shape ?? [], parameters, result?.MultiplyAdds ?? 0)
            {
                Operands = [.. operands.Select(operand => operand.Value)],
                MinimumTrainingBatch = result?.MinimumTrainingBatch ?? 1,
            });
        }

        return models;
    }

    private LayerResult? Infer(Layer part, string name, int layer)
    {
        var operands = connections[layer].Select(ValueOf).OfType<Value>().ToList();
        var (model, hasModel) = (ValueOf(connections.ModelOf(layer)), connections.ModelOf(layer).Source is not null);
        if (part.Arguments.IsBroken || operands.Count < connections[layer].Count || (hasModel && model is null))
        {
            return null;
        }

        var result = part.Infer(new(name, operands, InitializerBefore(declaration.Inputs.Count + layer)) { Model = model });
        if (result is not null && !result.Shape.IsCountable())
        {
            part.Arguments.TooLarge(-1, result.Shape.ToText(), result.Shape.CountElements());
            return null;
        }

        return result;
    }

    /// <summary>How weights start that give this value: by the first layer that takes it and decides.</summary>
    private InitializerKind InitializerBefore(int value)
    {
        while (connections.UsersOf(value) is { Count: > 0 } users)
        {
            var user = users[0];
            if (!declaration.Layers[user].KeepsInitializer)
            {
                return declaration.Layers[user].WeightInitializer;
            }

            value = declaration.Inputs.Count + user;
        }

        return InitializerKind.GlorotUniform;
    }
}
