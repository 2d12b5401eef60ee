using System.Globalization;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// Attributes that see each other by name: those of the network, or those of a block in one place where it is used. A block sees nothing
/// of what is around it but the value that it takes.
/// </summary>
/// <param name="block">The class of the block; empty for the network.</param>
/// <param name="name">The name of the place, as messages say it: <c>layer1.0</c>; empty for the network.</param>
internal sealed class Scope(string block, string name)
{
    private readonly List<ScopePart> _parts = [];
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    public string Block => block;

    public string Name => name;

    public bool IsBlock => block.Length > 0;

    public IReadOnlyList<ScopePart> Parts => _parts;

    /// <summary>The number of the value that comes out last.</summary>
    public int Value => _parts.Count == 0 ? Connections.Unknown : _parts[_parts.Count - 1].Value;

    public ScopePart Add(DeclaredPart part, int value)
    {
        var kind = OrdinalKind(part.Arguments.Kind);
        _ordinals[kind] = _ordinals.TryGetValue(kind, out var count) ? count + 1 : 1;
        var added = new ScopePart(part, kind + _ordinals[kind].ToString(CultureInfo.InvariantCulture), value);
        _parts.Add(added);
        return added;
    }

    /// <summary>The kind in small letters, without the number of its axes: <c>Conv2D</c> gives <c>conv1</c>, <c>conv2</c>.</summary>
    private static string OrdinalKind(string kind) =>
        (kind.EndsWith("1D", StringComparison.Ordinal) || kind.EndsWith("2D", StringComparison.Ordinal) ? kind.Substring(0, kind.Length - 2) : kind)
        .ToLowerInvariant();

    /// <summary>The full name of something inside: <c>layer1.0</c> and <c>conv1</c> make <c>layer1.0.conv1</c>.</summary>
    public static string Join(string scope, string part) => scope.Length == 0 ? part : $"{scope}.{part}";
}

/// <summary>An attribute in its scope.</summary>
/// <param name="part">What it declares.</param>
/// <param name="ordinalName">Kind and ordinal: <c>dense1</c>.</param>
/// <param name="value">The number of the value that it gives; of a use of a block it is known once that is expanded.</param>
internal sealed class ScopePart(DeclaredPart part, string ordinalName, int value)
{
    public DeclaredPart Part => part;

    public Arguments Arguments => part.Arguments;

    /// <summary>What it is called when nothing else is said.</summary>
    public string OrdinalName { get; set; } = ordinalName;

    /// <summary>What it is called in its scope, whether it can be or not.</summary>
    public string Name => Arguments.String("As") ?? OrdinalName;

    public int Value { get; set; } = value;

    /// <summary>What a use of a block stands for.</summary>
    public List<Repetition> Repetitions { get; } = [];
}

/// <summary>A block in one place, once.</summary>
/// <param name="Suffix">What its names have after that of the use: the number of the repetition.</param>
/// <param name="Body">The block.</param>
internal sealed record Repetition(string Suffix, Scope Body)
{
    /// <summary>The block, or the projection, beside the body of a residual; null where that is the input itself.</summary>
    public Scope? Shortcut { get; init; }

    /// <summary>The number of the value that is the sum of both; -1 where there is none.</summary>
    public int Sum { get; init; } = Connections.Unknown;
}
