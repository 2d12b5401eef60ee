using StaticNet.Generators.IR;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Backends.Onnx;

/// <summary>What a network's output is made by: the value that is the output, and what comes before it.</summary>
/// <param name="Statements">What follows the layers.</param>
/// <param name="Output">The value, in the order of the declaration.</param>
internal sealed record OnnxEnd(IReadOnlyList<OnnxStatement> Statements, string Output);

/// <summary>A network as an ONNX graph.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Output">The shape of a sample of the output.</param>
/// <param name="Layers">All layers.</param>
/// <param name="Forward">The output as declared.</param>
/// <param name="Predict">The output after the loss's link.</param>
internal sealed record OnnxExport(
    EquatableArray<InputModel> Inputs, EquatableArray<int> Output, IReadOnlyList<OnnxStatement> Layers, OnnxEnd Forward, OnnxEnd Predict)
{
    /// <summary>The names of what follows the layers begin with it: no layer can be called so.</summary>
    public const string OutputName = "output";

    /// <summary>From a network worked out to its ONNX graph, by the layers' own rules.</summary>
    public static OnnxExport Of(NetworkModel model)
    {
        var declaration = Declaration.Read(model.Spec.Layers, []);
        var graph = new OnnxGraph();
        List<OnnxValue> values = [.. model.Inputs.Select((input, i) => declaration.Inputs[i].ToOnnx(input.Name))];
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            values.Add(declaration.Layers[i].ToOnnx(new(graph, layer, [.. layer.Operands.Select(operand => values[operand])])));
        }

        var output = values[model.OutputValue];
        return new(model.Inputs, model.Output, graph.Statements, End(isLinked: false), End(isLinked: true));

        OnnxEnd End(bool isLinked)
        {
            var end = graph.Continue();
            var value = isLinked && declaration.Loss is { } loss ? loss.LinkToOnnx(end, output) : output;
            var name = end.ChannelsLast(value);

            // What comes out of no node cannot be called otherwise.
            var isInput = model.Inputs.Any(input => input.Name == name);
            return new(end.Statements, isInput ? end.Node("Identity", $"{OutputName}.identity", [name]) : name);
        }
    }
}
