using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>A value as something takes it.</summary>
/// <param name="Value">Its number; -1 in place of one that is not there.</param>
/// <param name="Source">The attribute that gives it, as it is seen from there: a block seen from outside is one.</param>
internal readonly record struct Operand(int Value, Arguments? Source)
{
    public static readonly Operand Unknown = new(Connections.Unknown, null);
}

/// <summary>
/// Which values each layer takes. Values are numbered: first the inputs, then the layers. A layer takes the value before it, or the one
/// that <c>From</c> names. A layer that names operands takes <c>From</c>, if it is given, and all of them in order; a single one joins
/// the value before it. The first layer of a block takes what the block does.
/// </summary>
internal sealed class Connections
{
    /// <summary>In place of a value that is not there.</summary>
    public const int Unknown = -1;

    private readonly Declaration _declaration;
    private readonly EquatableArray<Operand>[] _operands;
    private readonly Operand[] _models;
    private readonly List<int>[] _users;

    private Connections(Declaration declaration)
    {
        _declaration = declaration;
        _operands = new EquatableArray<Operand>[declaration.Layers.Count];
        _models = new Operand[declaration.Layers.Count];
        _users = [.. Enumerable.Range(0, declaration.Inputs.Count + declaration.Layers.Count).Select(_ => new List<int>())];
    }

    /// <summary>The value that is the network's output.</summary>
    public Operand Output { get; private set; }

    /// <summary>The operands of a layer.</summary>
    public EquatableArray<Operand> this[int layer] => _operands[layer];

    /// <summary>Resolves all names and reports those that nothing before has, and values that nothing uses.</summary>
    public static Connections Read(Declaration declaration)
    {
        var connections = new Connections(declaration);
        var network = declaration.Network;
        connections.Connect(network, Operand.Unknown, Operand.Unknown);
        for (var layer = 0; layer < connections._operands.Length; layer++)
        {
            foreach (var value in connections._operands[layer].Select(operand => operand.Value).Where(value => value != Unknown).Distinct())
            {
                connections._users[value].Add(layer);
            }
        }

        connections.Output = declaration.Loss is { } loss
            ? connections.Current(loss.Arguments, network, network.Parts.Count, Operand.Unknown)
            : Before(network, network.Parts.Count, Operand.Unknown);
        connections.ReportUnused();
        return connections;
    }

    /// <summary>The layers that take a value, in order.</summary>
    public IReadOnlyList<int> UsersOf(int value) => _users[value];

    /// <summary>The value whose shape a layer is to give, for those that say so.</summary>
    public Operand ModelOf(int layer) => _models[layer];

    /// <param name="scope">What is connected.</param>
    /// <param name="input">The value that it takes, if it is a block.</param>
    /// <param name="model">The value whose shape it is to give, if it is a projection.</param>
    private void Connect(Scope scope, Operand input, Operand model)
    {
        for (var i = 0; i < scope.Parts.Count; i++)
        {
            switch (scope.Parts[i])
            {
                case { Part: Layer layer, Value: var value }:
                    _operands[value - _declaration.Inputs.Count] = [.. OperandsOf(layer, scope, i, input)];
                    _models[value - _declaration.Inputs.Count] = model;
                    break;
                case { Part: BlockUse use, Repetitions: var repetitions }:
                    ConnectBlock(use, repetitions, Current(use.Arguments, scope, i, input));
                    break;
            }
        }
    }

    private void ConnectBlock(BlockUse use, IEnumerable<Repetition> repetitions, Operand x)
    {
        foreach (var repetition in repetitions)
        {
            Connect(repetition.Body, x, Operand.Unknown);
            var y = new Operand(repetition.Body.Value, use.Arguments);
            if (repetition.Shortcut is { } shortcut)
            {
                Connect(shortcut, x, y);
                x = new(shortcut.Value, use.Arguments);
            }

            if (repetition.Sum != Unknown)
            {
                _operands[repetition.Sum - _declaration.Inputs.Count] = [y, x];
                y = y with { Value = repetition.Sum };
            }

            x = y;
        }
    }

    private IEnumerable<Operand> OperandsOf(Layer layer, Scope scope, int index, Operand input)
    {
        var named = layer.OperandNames;
        if (named.Count < 2 || layer.Arguments.String("From") is not null)
        {
            yield return Current(layer.Arguments, scope, index, input);
        }

        for (var i = 0; i < named.Count; i++)
        {
            yield return Find(layer.Arguments, named[i], "names", i, scope, index, input);
        }
    }

    /// <summary>What something takes that names nothing else.</summary>
    private Operand Current(Arguments arguments, Scope scope, int index, Operand input)
    {
        if (arguments.String("From") is { } from)
        {
            return Find(arguments, from, "From", -1, scope, index, input);
        }

        if (!scope.IsBlock && index > 1 && index == _declaration.Inputs.Count)
        {
            arguments.Report(Rules.AmbiguousInput, -1, arguments.Text, NamesBefore(scope, index));
            return Operand.Unknown;
        }

        return Before(scope, index, input);
    }

    private static Operand Before(Scope scope, int index, Operand input) =>
        index == 0 ? input : new(scope.Parts[index - 1].Value, scope.Parts[index - 1].Arguments);

    private static Operand Find(Arguments arguments, string name, string argument, int element, Scope scope, int end, Operand input)
    {
        if (scope.IsBlock && name == Names.BlockInput)
        {
            return input;
        }

        if (scope.Parts.Take(end).FirstOrDefault(part => part.Name == name) is { } part)
        {
            return new(part.Value, part.Arguments);
        }

        arguments.Report(Rules.UnknownName, arguments.PositionOf(argument, element), name, NamesBefore(scope, end));
        return Operand.Unknown;
    }

    /// <summary>The names that can be taken, for messages.</summary>
    private static string NamesBefore(Scope scope, int end)
    {
        var names = scope.Parts.Take(end).Select(part => part.Name);
        return string.Join(", ", scope.IsBlock ? names.Prepend(Names.BlockInput) : names);
    }

    private void ReportUnused()
    {
        // A name that could not be found, or read at all, may have meant any of them.
        IEnumerable<DeclaredPart> parts = [.. _declaration.Inputs, .. _declaration.Layers];
        if (Output.Value != Unknown
            && !_operands.Any(operands => operands.Any(operand => operand.Value == Unknown))
            && !parts.Any(part => part.Arguments.IsBroken))
        {
            ReportUnused(_declaration.Network, Output.Value);
        }
    }

    private void ReportUnused(Scope scope, int output)
    {
        foreach (var part in scope.Parts)
        {
            if (part.Value != Unknown && part.Value != output && UsersOf(part.Value).Count == 0)
            {
                part.Arguments.Report(Rules.UnusedValue, part.Arguments.PositionOf("As"), part.Name);
            }

            foreach (var repetition in part.Repetitions)
            {
                ReportUnused(repetition.Body, repetition.Body.Value);
                if (repetition.Shortcut is { } shortcut)
                {
                    ReportUnused(shortcut, shortcut.Value);
                }
            }
        }
    }
}
