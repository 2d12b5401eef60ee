using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>What the values of a network are called, inputs first, then layers: <c>As</c>, or kind and ordinal.</summary>
/// <remarks>Names become members and parameters in C#, in either case of the first letter: they are compared without case.</remarks>
internal sealed class Names
{
    /// <summary>Members that every network has, and parameters of its methods.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Forward", "Predict", "Record", "Backward", "Step", "TrainStep", "Fit", "FitAsync", "Evaluate", "Save", "Load", "FromFile",
        "Reserve", "Threads", "Dispose", "Parameters", "ParameterCount", "MultiplyAdds", "InferenceBytes", "TrainingBytes", "Summary", "Layers",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "_core", "output", "target", "loss", "optimizer", "seed", "batch", "sampleWeight", "outputGradient", "inputGradient",
    };

    private readonly List<string> _names = [];
    private readonly List<string> _defaults = [];
    private readonly List<bool> _isUsable = [];

    private Names()
    {
    }

    public int Count => _names.Count;

    /// <summary>The name of a value; kind and ordinal in place of one that cannot be.</summary>
    public string this[int value] => _isUsable[value] ? _names[value] : _defaults[value];

    /// <summary>Names every value and reports names that cannot be.</summary>
    public static Names Read(string className, Declaration declaration)
    {
        var names = new Names();
        var parts = declaration.Inputs.Concat<DeclaredPart>(declaration.Layers).ToList();
        Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var kind = part.Arguments.Kind.ToLowerInvariant();
            ordinals[kind] = ordinals.TryGetValue(kind, out var count) ? count + 1 : 1;
            var isOnlyInput = part is Input && declaration.Inputs.Count == 1;
            var ordinal = isOnlyInput ? "" : ordinals[kind].ToString(CultureInfo.InvariantCulture);
            names._defaults.Add(kind + ordinal);
            names._names.Add(part.Arguments.String("As") ?? kind + ordinal);
        }

        for (var i = 0; i < parts.Count; i++)
        {
            names._isUsable.Add(names.Check(i, className, parts));
        }

        return names;
    }

    /// <summary>The value of a name among the first <paramref name="end"/>, or -1.</summary>
    public int Find(string name, int end) => _names.FindIndex(0, end, other => other == name);

    /// <summary>The names of the first <paramref name="end"/> values, for messages.</summary>
    public string List(int end) => string.Join(", ", _names.Take(end));

    /// <summary>Whether a value can be called what it is; reports why not.</summary>
    private bool Check(int index, string className, List<DeclaredPart> parts)
    {
        var arguments = parts[index].Arguments;
        if (arguments.String("As") is not { } name)
        {
            return true;
        }

        // Of two names that were written the later one is at fault; a name that was not written is never.
        var others = Enumerable.Range(0, parts.Count).Where(i => IsSame(_names[i]) && (i < index || parts[i].Arguments.String("As") is null));
        var other = others.Append(index).First();
        var position = arguments.PositionOf("As");
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            arguments.Report(Rules.InvalidName, position, name, "it is no identifier");
        }
        else if (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            arguments.Report(Rules.InvalidName, position, name, "it is a keyword of C#");
        }
        else if (Reserved.Contains(name) || string.Equals(name, className, StringComparison.OrdinalIgnoreCase))
        {
            arguments.Report(Rules.InvalidName, position, name, "the generated class has a member or parameter of this name");
        }
        else if (name.EndsWith("Parameters", StringComparison.OrdinalIgnoreCase))
        {
            arguments.Report(Rules.InvalidName, position, name, "the types of the layers' parameters are called so");
        }
        else if (other != index)
        {
            arguments.Report(Rules.DuplicateName, position, name, parts[other].Arguments.Text);
        }
        else
        {
            return true;
        }

        return false;

        bool IsSame(string candidate) => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase);
    }
}
