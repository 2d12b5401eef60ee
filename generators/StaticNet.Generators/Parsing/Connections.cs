using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// Which values each layer takes. Values are numbered: first the inputs, then the layers. A layer takes the value before it, or the one
/// that <c>From</c> names. A layer that names operands takes <c>From</c>, if it is given, and all of them in order; a single one joins
/// the value before it.
/// </summary>
internal sealed class Connections
{
    /// <summary>In place of a value that is not there.</summary>
    public const int Unknown = -1;

    private readonly Declaration _declaration;
    private readonly Names _names;
    private readonly List<EquatableArray<int>> _operands = [];

    private Connections(Declaration declaration, Names names)
    {
        _declaration = declaration;
        _names = names;
    }

    /// <summary>The value that is the network's output.</summary>
    public int Output { get; private set; }

    /// <summary>The operands of a layer.</summary>
    public EquatableArray<int> this[int layer] => _operands[layer];

    /// <summary>Resolves all names and reports those that nothing before has, and values that nothing uses.</summary>
    public static Connections Read(Declaration declaration, Names names)
    {
        var connections = new Connections(declaration, names);
        for (var layer = 0; layer < declaration.Layers.Count; layer++)
        {
            connections._operands.Add([.. connections.OperandsOf(layer)]);
        }

        connections.Output = declaration.Loss is { } loss
            ? connections.Current(loss.Arguments, declaration.Layers.Count)
            : names.Count - 1;
        connections.ReportUnused();
        return connections;
    }

    /// <summary>The layers that take a value, in order.</summary>
    public IEnumerable<int> UsersOf(int value) => Enumerable.Range(0, _operands.Count).Where(layer => _operands[layer].Contains(value));

    private IEnumerable<int> OperandsOf(int layer)
    {
        var part = _declaration.Layers[layer];
        var named = part.OperandNames;
        if (named.Count < 2 || part.Arguments.String("From") is not null)
        {
            yield return Current(part.Arguments, layer);
        }

        for (var i = 0; i < named.Count; i++)
        {
            yield return Find(part.Arguments, named[i], "names", i, layer);
        }
    }

    /// <summary>What a layer or the loss takes that names nothing else.</summary>
    private int Current(Arguments arguments, int layer)
    {
        if (arguments.String("From") is { } from)
        {
            return Find(arguments, from, "From", -1, layer);
        }

        var inputs = _declaration.Inputs.Count;
        if (layer == 0 && inputs > 1)
        {
            arguments.Report(Rules.AmbiguousInput, -1, arguments.Text, _names.List(inputs));
            return Unknown;
        }

        return inputs + layer - 1;
    }

    private int Find(Arguments arguments, string name, string argument, int element, int layer)
    {
        var end = _declaration.Inputs.Count + layer;
        var value = _names.Find(name, end);
        if (value < 0)
        {
            arguments.Report(Rules.UnknownName, arguments.PositionOf(argument, element), name, _names.List(end));
        }

        return value;
    }

    private void ReportUnused()
    {
        // A name that could not be found, or read at all, may have meant any of them.
        var parts = _declaration.Inputs.Concat<DeclaredPart>(_declaration.Layers).ToList();
        if (Output == Unknown || _operands.Any(operands => operands.Contains(Unknown)) || parts.Any(part => part.Arguments.IsBroken))
        {
            return;
        }

        for (var value = 0; value < parts.Count; value++)
        {
            if (value != Output && !UsersOf(value).Any())
            {
                parts[value].Arguments.Report(Rules.UnusedValue, parts[value].Arguments.PositionOf("As"), _names[value]);
            }
        }
    }
}
