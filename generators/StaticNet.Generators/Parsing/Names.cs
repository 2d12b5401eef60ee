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
        if (WhyNot(name, className, parts[index] is Input) is { } reason)
        {
            arguments.Report(Rules.InvalidName, position, name, reason);
            return false;
        }

        if (other != index)
        {
            arguments.Report(Rules.DuplicateName, position, parts[other].Arguments, name, parts[other].Arguments.Text);
            return false;
        }

        return true;

        bool IsSame(string candidate) => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Why a name cannot be, whatever else is called so; null when it can.</summary>
    private static string? WhyNot(string name, string className, bool isInput) => name switch
    {
        _ when !SyntaxFacts.IsValidIdentifier(name) => "it is no identifier",
        _ when SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None => "it is a keyword of C#",
        _ when Reserved.Contains(name) || string.Equals(name, className, StringComparison.OrdinalIgnoreCase) =>
            "the generated class has a member or parameter of this name",
        _ when name.EndsWith("Parameters", StringComparison.OrdinalIgnoreCase) => "the types of the layers' parameters are called so",
        _ when isInput && name.EndsWith("Gradient", StringComparison.OrdinalIgnoreCase) => "the gradients of the inputs are called so",
        _ => null,
    };
}
