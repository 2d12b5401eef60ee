using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// Works a declaration out: names, connections, shapes, parameters, target. Whatever is wrong becomes a finding, and what does not
/// depend on it is still worked out.
/// </summary>
internal static class NetworkAnalysis
{
    public static NetworkModel Analyze(NetworkSpec spec)
    {
        List<Finding> findings = [.. spec.Findings];
        var declaration = Declaration.Read(spec.Layers, findings);
        if (declaration.Inputs.Count == 0)
        {
            findings.Add(new Finding(Rules.NoInput, -1, -1, [spec.Name]));
            return new(spec, [], [], [], null, [.. findings]) { HasErrors = true };
        }

        if (declaration.Layers.Count == 0)
        {
            findings.Add(new Finding(Rules.NoLayers, -1, -1, [spec.Name]));
        }

        var names = Names.Read(spec.Name, declaration);
        var connections = Connections.Read(declaration, names);
        var shapes = new ShapeInference(declaration, names, connections);
        var layers = shapes.Run();
        var output = connections.Output == Connections.Unknown ? names.Count - 1 : connections.Output;
        var target = InferTarget(declaration, connections, shapes);
        return new(
            spec,
            [.. declaration.Inputs.Select((input, i) => new InputModel(names[i], input.Shape))],
            [.. layers],
            shapes[output] ?? [],
            target,
            [.. findings])
        {
            HasErrors = spec.Layers.Any(layer => layer.IsBroken) || findings.Any(finding => !Rules.IsWarning(finding.Rule)),
            OutputValue = output,
            Task = declaration.Loss?.Task ?? "None",
        };
    }

    private static TargetModel? InferTarget(Declaration declaration, Connections connections, ShapeInference shapes)
    {
        if (declaration.Loss is not { Arguments.IsBroken: false } loss || shapes.ValueOf(connections.Output) is not { } output)
        {
            return null;
        }

        var target = loss.Infer(output);
        if (target is not null && Source(declaration, connections) is { } source)
        {
            loss.CheckRange(source.Range, source.Arguments);
        }

        return target;
    }

    /// <summary>The layer that makes the output's numbers what they are; null when they are an input's.</summary>
    private static Layer? Source(Declaration declaration, Connections connections)
    {
        var inputs = declaration.Inputs.Count;
        var layer = connections.Output - inputs;
        while (layer >= 0 && declaration.Layers[layer].IsTransparent)
        {
            layer = connections[layer][0] - inputs;
        }

        return layer < 0 ? null : declaration.Layers[layer];
    }
}
