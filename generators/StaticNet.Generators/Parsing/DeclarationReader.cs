using System.Globalization;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>Sorts attributes into inputs, layers and loss, and puts the layers of blocks where the blocks are used.</summary>
internal sealed class DeclarationReader(ICollection<Finding> findings)
{
    private readonly List<Input> _inputs = [];
    private readonly List<Layer> _layers = [];
    private Loss? _loss;
    private int _partsInBlocks;

    public Declaration Read(EquatableArray<LayerSpec> specs)
    {
        var network = new Scope("", "");
        for (var i = 0; i < specs.Count; i++)
        {
            // What is not in the catalogue is not from the library: the compiler says so, because only the library can derive from its attributes.
            var arguments = new Arguments(specs[i], Place.Of(i), findings);
            if (LayerCatalog.Parts.TryGetValue(arguments.Kind, out var read))
            {
                AddToNetwork(network, read(arguments));
            }
        }

        if (_inputs.Count == 1)
        {
            network.Parts[0].OrdinalName = "input";
        }

        return new(network, _inputs, _layers, _loss);
    }

    private void AddToNetwork(Scope network, DeclaredPart part)
    {
        var arguments = part.Arguments;
        if (_loss is not null)
        {
            arguments.Report(Rules.AfterLoss, -1, _loss.Arguments, arguments.Text, _loss.Arguments.Text);
            return;
        }

        switch (part)
        {
            case Input when network.Parts.Count > _inputs.Count:
                arguments.Report(Rules.InputAfterLayer, -1, arguments.Text);
                break;
            case Input input:
                network.Add(input, _inputs.Count);
                _inputs.Add(input);
                if (_inputs.Count == Declaration.MaximumInputs + 1)
                {
                    arguments.Report(Rules.TooManyInputs, -1, arguments.Text, Declaration.MaximumInputs.ToString(CultureInfo.InvariantCulture));
                }

                break;
            case Loss last:
                _loss = last;
                break;
            default:
                AddLayer(network, part);
                break;
        }
    }

    private void AddLayer(Scope scope, DeclaredPart part)
    {
        if (part is Layer layer)
        {
            scope.Add(layer, Append(layer));
        }
        else if (part is BlockUse { Arguments.Block: { } block } use)
        {
            Expand(use, block, scope.Add(use, Connections.Unknown), scope);
        }
    }

    /// <summary>The number of the value of a further layer.</summary>
    private int Append(Layer layer)
    {
        _layers.Add(layer);
        return _inputs.Count + _layers.Count - 1;
    }

    private void Expand(BlockUse use, BlockSpec block, ScopePart part, Scope scope)
    {
        var name = Scope.Join(scope.Name, part.Name);
        for (var i = 0; i < use.Repeat; i++)
        {
            var suffix = use.IsNumbered ? $".{i.ToString(CultureInfo.InvariantCulture)}" : "";
            var body = ReadBlock(use, block, name + suffix, isShortcut: false);
            var repetition = use is Residual residual ? AddShortcut(residual, new(suffix, body), name + suffix) : new(suffix, body);
            part.Repetitions.Add(repetition);
            part.Value = use is Residual ? repetition.Sum : body.Value;
            if (part.Value == Connections.Unknown)
            {
                return;
            }
        }
    }

    private Repetition AddShortcut(Residual residual, Repetition repetition, string name)
    {
        name = Scope.Join(name, Names.Shortcut);
        var shortcut = residual.Arguments.Shortcut is { } block ? ReadBlock(residual, block, name, isShortcut: true)
            : residual.HasProjection ? Project(residual, name)
            : null;
        var isKnown = repetition.Body.Value != Connections.Unknown && shortcut?.Value != Connections.Unknown;
        return repetition with
        {
            Shortcut = shortcut,
            Sum = isKnown ? Append(new ResidualSum(residual.Arguments)) : Connections.Unknown,
        };
    }

    private Scope Project(Residual residual, string name)
    {
        var scope = new Scope(nameof(Projection), name);
        foreach (var layer in residual.Projection())
        {
            AddLayer(scope, layer);
        }

        return scope;
    }

    private Scope ReadBlock(BlockUse use, BlockSpec block, string name, bool isShortcut)
    {
        var scope = new Scope(block.Name, name);
        if (block.Problem is { } problem && !use.Arguments.IsBroken)
        {
            findings.Add(problem with { Place = Inside(problem.Place)!, Related = Inside(problem.Related) });
        }

        for (var i = 0; i < block.Layers.Count; i++)
        {
            if (++_partsInBlocks > Declaration.MaximumLayers)
            {
                ReportTooMany(use);
                break;
            }

            var arguments = new Arguments(block.Layers[i], use.Arguments.Place.Inside(isShortcut ? ~i : i, block.Name, name), findings);
            if (LayerCatalog.Parts.TryGetValue(arguments.Kind, out var read))
            {
                AddToBlock(scope, read(arguments));
            }
        }

        return scope;

        Place? Inside(Place? inBlock) => inBlock?.Path.Aggregate(use.Arguments.Place, (place, step) => place.Inside(isShortcut ? ~step : step, block.Name, name));
    }

    private void AddToBlock(Scope scope, DeclaredPart part)
    {
        if (part is Input or Loss)
        {
            part.Arguments.Report(Rules.NotInBlock, -1, part.Arguments.Text);
        }
        else
        {
            AddLayer(scope, part);
        }
    }

    /// <summary>Reports it once: the count goes no further.</summary>
    private void ReportTooMany(BlockUse use)
    {
        if (_partsInBlocks == Declaration.MaximumLayers + 1)
        {
            use.Arguments.Report(
                Rules.TooManyLayers, use.Arguments.PositionOf("Repeat"), use.Arguments.Text, Declaration.MaximumLayers.ToString(CultureInfo.InvariantCulture));
        }
    }
}
