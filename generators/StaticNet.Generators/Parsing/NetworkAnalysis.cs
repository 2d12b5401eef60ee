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
            // No shape is known. So that the network keeps its members, and nothing else is said about it, one number goes in.
            findings.Add(new Finding(Rules.NoInput, Place.Class, -1, [spec.Name]));
            var assumed = Analyze(spec with { Layers = [new LayerSpec("Input", [], IsBroken: false), .. spec.Layers] });
            return assumed with { Spec = spec, Findings = [.. findings] };
        }

        if (declaration.Network.Parts.Count == declaration.Inputs.Count)
        {
            findings.Add(new Finding(Rules.NoLayers, Place.Class, -1, [spec.Name]));
        }

        var names = Names.Read(spec.Name, declaration);
        var connections = Connections.Read(declaration);
        var shapes = new ShapeInference(declaration, names, connections);
        var layers = shapes.Run();
        CheckBiases(declaration, connections);
        CheckLoss(declaration, connections, shapes);
        var output = connections.Output.Value == Connections.Unknown ? names.Count - 1 : connections.Output.Value;

        var hasErrors = spec.Layers.Any(layer => layer.IsBroken) || findings.Any(finding => !Rules.IsWarning(finding.Rule));
        if (!hasErrors)
        {
            layers = FeatureOrders.Apply([.. declaration.Inputs.Select(input => input.ValueShape)], declaration.Layers, layers);
        }

        // With errors this is a guess, so that the network keeps its members.
        var shape = shapes[output] ?? declaration.Inputs[0].ValueShape;
        return new(
            spec,
            [.. declaration.Inputs.Take(Declaration.MaximumInputs).Select((input, i) => new InputModel(names[i], input.Shape))],
            [.. layers],
            shape,
            declaration.Loss?.TargetOf(shape),
            [.. Distinct(findings)])
        {
            HasErrors = hasErrors,
            OutputValue = output,
            Blocks = [.. names.Blocks],
            Task = declaration.Loss?.Task ?? "None",
        };
    }

    /// <summary>A mistake in a block is said once, however often that is used and repeated, unless shapes make it another.</summary>
    private static IEnumerable<Finding> Distinct(IEnumerable<Finding> findings) => findings
        .GroupBy(f => f.Place.IsInBlock
            ? f with { Place = new([f.Place.Path[f.Place.Path.Count - 1]], f.Place.Block), Related = null }
            : f with { Related = null })
        .Select(same => same.First());

    /// <summary>Reports biases that the layer after takes away, where nothing else sees them.</summary>
    private static void CheckBiases(Declaration declaration, Connections connections)
    {
        var inputs = declaration.Inputs.Count;
        for (var layer = 0; layer < declaration.Layers.Count; layer++)
        {
            var normalization = declaration.Layers[layer];
            var value = connections[layer].Count == 1 ? connections[layer][0].Value : Connections.Unknown;
            if (normalization.RemovesBias && value >= inputs && connections.Output.Value != value && connections.UsersOf(value).Count == 1
                && declaration.Layers[value - inputs] is { AddsBias: true, Arguments: var arguments })
            {
                arguments.Report(
                    Rules.BiasBeforeNormalization, arguments.PositionOf("UseBias"), normalization.Arguments, arguments.Text, normalization.Arguments.Text);
            }
        }
    }

    /// <summary>Reports a loss that does not fit the output or the numbers in it.</summary>
    private static void CheckLoss(Declaration declaration, Connections connections, ShapeInference shapes)
    {
        if (declaration.Loss is { Arguments.IsBroken: false } loss
            && shapes.ValueOf(connections.Output) is { } output
            && loss.Accepts(output)
            && Source(declaration, connections) is { } source)
        {
            loss.CheckRange(source.Range, source.Arguments);
        }
    }

    /// <summary>The layer that makes the output's numbers what they are; null when they are an input's.</summary>
    private static Layer? Source(Declaration declaration, Connections connections)
    {
        var inputs = declaration.Inputs.Count;
        var layer = connections.Output.Value - inputs;
        while (layer >= 0 && declaration.Layers[layer].IsTransparent)
        {
            layer = connections[layer][0].Value - inputs;
        }

        return layer < 0 ? null : declaration.Layers[layer];
    }
}
