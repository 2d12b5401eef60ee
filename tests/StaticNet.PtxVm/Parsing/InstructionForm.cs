using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace StaticNet.PtxVm.Parsing;

/// <summary>
/// One way to write an instruction, read from a row of <see cref="InstructionForms"/>: the opcode, its modifiers in their order, what
/// its operands are, and what executes it.
/// </summary>
internal sealed partial class InstructionForm
{
    private readonly List<(string Name, string[] Words, bool IsOptional)> modifiers = [];

    /// <summary>Reads a row: <c>opcode .modifiers : operands : operation</c>.</summary>
    public InstructionForm(string row)
    {
        var columns = Columns().Split(row);
        var head = columns[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Opcode = head[0];
        foreach (var word in head.Skip(1))
            modifiers.Add(ReadModifier(word[1..]));

        Operands = columns[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new OperandPattern(text)).ToList();
        LeastOperands = Operands.Count(pattern => !pattern.IsOptional);
        Operation = columns[2].Trim();
    }

    public string Opcode { get; }

    public IReadOnlyList<OperandPattern> Operands { get; }

    /// <summary>How many operands may not be missing.</summary>
    public int LeastOperands { get; }

    /// <summary>What executes it: a type of <c>Execution.Operations</c> with its arguments, or the name of a case of the decoder.</summary>
    public string Operation { get; }

    /// <summary>The modifiers: a name, the words it may be, and whether it may be missing.</summary>
    public IReadOnlyList<(string Name, string[] Words, bool IsOptional)> Modifiers => modifiers;

    /// <summary>Matches modifiers in their order; <paramref name="chosen"/> has the word chosen for each name.</summary>
    public bool TryMatch(IReadOnlyList<string> words, [NotNullWhen(true)] out Dictionary<string, string>? chosen)
    {
        chosen = null;
        var next = 0;
        foreach (var (name, alternatives, isOptional) in modifiers)
        {
            if (next < words.Count && alternatives.AsSpan().Contains(words[next]))
                (chosen ??= [])[name] = words[next++];
            else if (!isOptional)
                return false;
        }

        chosen ??= [];
        return next == words.Count;
    }

    [GeneratedRegex(@"\s:(?=\s)")]
    private static partial Regex Columns();

    /// <summary>Reads <c>name=a|b</c>, <c>name?=a|b</c>, <c>word</c> or <c>word?</c>.</summary>
    private static (string Name, string[] Words, bool IsOptional) ReadModifier(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var isOptional = name.EndsWith('?');
        name = name.TrimEnd('?');
        return (name, equals < 0 ? [name] : text[(equals + 1)..].Split('|'), isOptional);
    }
}
