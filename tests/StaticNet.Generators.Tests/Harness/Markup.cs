using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>A place in marked source where a diagnostic is expected.</summary>
internal sealed record Mark(string Id, TextSpan Span);

/// <summary>
/// Source with the expected diagnostics written into it, as Microsoft's analyzer tests do: <c>[Dense({|SN0007:0|})]</c>. Marks nest.
/// </summary>
internal sealed partial class Markup
{
    private Markup(string source, IReadOnlyList<Mark> marks)
    {
        Source = source;
        Marks = marks;
    }

    /// <summary>The source without its marks.</summary>
    public string Source { get; }

    /// <summary>The marks, in the order in which they begin.</summary>
    public IReadOnlyList<Mark> Marks { get; }

    public static Markup Parse(string text)
    {
        List<Mark> marks = [];
        Stack<int> open = new();
        var source = new System.Text.StringBuilder();
        var end = 0;
        foreach (Match token in Tokens().Matches(text))
        {
            source.Append(text, end, token.Index - end);
            end = token.Index + token.Length;
            if (token.Groups["id"].Success)
            {
                open.Push(marks.Count);
                marks.Add(new(token.Groups["id"].Value, new(source.Length, 0)));
            }
            else
            {
                var mark = open.Pop();
                marks[mark] = marks[mark] with { Span = TextSpan.FromBounds(marks[mark].Span.Start, source.Length) };
            }
        }

        source.Append(text, end, text.Length - end);
        return open.Count == 0 ? new(source.ToString(), marks) : throw new ArgumentException("A mark has no end.", nameof(text));
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+\d+):|\|\}")]
    private static partial Regex Tokens();
}
