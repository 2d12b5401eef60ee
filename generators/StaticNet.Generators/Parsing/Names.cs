using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Layers;

namespace StaticNet.Generators.Parsing;

/// <summary>
/// What the values of a network are called, inputs first, then layers: <c>As</c>, or kind and ordinal. In a block that comes after the name
/// of its use and the number of the repetition: <c>layer1.0.conv1</c>.
/// </summary>
/// <remarks>Names become members and parameters in C#, in either case of the first letter: they are compared without case.</remarks>
internal sealed class Names
{
    /// <summary>What a block calls the value that it takes.</summary>
    public const string BlockInput = "input";

    /// <summary>What the shortcut of a residual is called.</summary>
    public const string Shortcut = "shortcut";

    /// <summary>What the sum of a residual is called.</summary>
    public const string Sum = "add";

    /// <summary>Members that every network has, and parameters of its methods.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Forward", "Predict", "Record", "Backward", "Step", "TrainStep", "Fit", "FitAsync", "Evaluate", "Save", "SaveOnnx", "Load", "FromFile",
        "Reserve", "Threads", "Device", "To", "Dispose", "Parameters", "ParameterCount", "MultiplyAdds", "InferenceBytes", "ArenaBytes", "WorkspaceBytes", "ThreadBytes", "TrainingBytes",
        "Summary", "Layers", "ToMermaid", "ToDot",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        "_core", "output", "target", "loss", "optimizer", "seed", "batch", "sampleWeight", "outputGradient", "inputGradient",
    };

    /// <summary>Members that the parameters of every block have.</summary>
    private static readonly HashSet<string> ReservedInBlocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString", "_core", "_first",
    };

    private readonly string _className;
    private readonly string[] _names;
    private readonly List<BlockModel> _blocks = [];

    private Names(string className, Declaration declaration)
    {
        _className = className;
        _names = new string[declaration.Inputs.Count + declaration.Layers.Count];
        NameParts(declaration.Network, "");
    }

    public int Count => _names.Length;

    /// <summary>The uses of blocks, in order.</summary>
    public IReadOnlyList<BlockModel> Blocks => _blocks;

    /// <summary>The full name of a value; kind and ordinal in place of one that cannot be.</summary>
    public string this[int value] => _names[value];

    /// <summary>Names every value and reports names that cannot be.</summary>
    public static Names Read(string className, Declaration declaration) => new(className, declaration);

    private void NameParts(Scope scope, string prefix)
    {
        for (var i = 0; i < scope.Parts.Count; i++)
        {
            var part = scope.Parts[i];
            var name = Scope.Join(prefix, IsUsable(scope, i) ? part.Name : part.OrdinalName);
            if (part.Part is not BlockUse use)
            {
                _names[part.Value] = name;
                continue;
            }

            _blocks.Add(new(name, part.Arguments.Text, use.IsNumbered ? part.Repetitions.Count : null));
            foreach (var repetition in part.Repetitions)
            {
                NameRepetition(repetition, name + repetition.Suffix);
            }
        }
    }

    private void NameRepetition(Repetition repetition, string name)
    {
        NameParts(repetition.Body, name);
        if (repetition.Shortcut is { } shortcut)
        {
            _blocks.Add(new(Scope.Join(name, Shortcut), shortcut.Block, null));
            NameParts(shortcut, Scope.Join(name, Shortcut));
        }

        if (repetition.Sum != Connections.Unknown)
        {
            _names[repetition.Sum] = Scope.Join(name, Sum);
        }
    }

    /// <summary>Whether a part can be called what it is; reports why not.</summary>
    private bool IsUsable(Scope scope, int index)
    {
        var arguments = scope.Parts[index].Arguments;
        if (arguments.String("As") is not { } name)
        {
            return true;
        }

        // Of two names that were written the later one is at fault; a name that was not written is never.
        var others = scope.Parts.Where((part, i) =>
            string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase) && (i < index || part.Arguments.String("As") is null));
        var position = arguments.PositionOf("As");
        if (WhyNot(name, scope, scope.Parts[index].Part is Input) is { } reason)
        {
            arguments.Report(Rules.InvalidName, position, name, reason);
            return false;
        }

        if (others.FirstOrDefault() is { } other)
        {
            arguments.Report(Rules.DuplicateName, position, other.Arguments, name, other.Arguments.Text);
            return false;
        }

        return true;
    }

    /// <summary>Why a name cannot be, whatever else is called so; null when it can.</summary>
    private string? WhyNot(string name, Scope scope, bool isInput) => name switch
    {
        _ when !SyntaxFacts.IsValidIdentifier(name) => "it is no identifier",
        _ when SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None => "it is a keyword of C#",
        _ when name.EndsWith("Parameters", StringComparison.OrdinalIgnoreCase) => "the types of the layers' parameters are called so",
        _ when scope.IsBlock => WhyNotInBlock(name),
        _ when Reserved.Contains(name) || string.Equals(name, _className, StringComparison.OrdinalIgnoreCase) =>
            "the generated class has a member or parameter of this name",
        _ when isInput && name.EndsWith("Gradient", StringComparison.OrdinalIgnoreCase) => "the gradients of the inputs are called so",
        _ => null,
    };

    private static string? WhyNotInBlock(string name) => name.ToLowerInvariant() switch
    {
        BlockInput => "the value that a block takes is called so",
        Shortcut or Sum => "a part of every residual is called so",
        _ => ReservedInBlocks.Contains(name) ? "the generated class has a member of this name" : null,
    };
}
