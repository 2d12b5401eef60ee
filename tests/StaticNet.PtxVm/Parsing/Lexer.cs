using System.Buffers;

namespace StaticNet.PtxVm.Parsing;

/// <summary>Cuts the text of a module into tokens.</summary>
internal sealed class Lexer(string source)
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(",;{}[]()<>@!+-|=:");

    private readonly string[] lines = source.Split('\n');
    private int position;
    private int line = 1;

    /// <summary>Returns all tokens, with one of kind <see cref="TokenKind.End"/> last.</summary>
    public List<Token> ReadAll()
    {
        var tokens = new List<Token>();
        while (SkipSpace())
            tokens.Add(Read());

        tokens.Add(new(TokenKind.End, "the end", Math.Min(line, lines.Length)));
        return tokens;
    }

    /// <summary>Returns the exception for a problem in a line.</summary>
    public PtxSyntaxException Error(string problem, int at) => new(problem, at, Line(at));

    /// <summary>Returns a line, counted from 1, without the space around it.</summary>
    public string Line(int at) => lines[at - 1].Trim();

    private bool SkipSpace()
    {
        while (position < source.Length)
        {
            if (source[position] == '\n')
                line++;
            else if (Starts("//"))
                position = EndOfLine() - 1;
            else if (Starts("/*"))
                SkipComment();
            else if (!char.IsWhiteSpace(source[position]))
                return true;

            position++;
        }

        return false;
    }

    private int EndOfLine() => source.IndexOf('\n', position) is >= 0 and var end ? end : source.Length;

    private void SkipComment()
    {
        var end = source.IndexOf("*/", position + 2, StringComparison.Ordinal);
        if (end < 0)
            throw Error("comment without an end", line);

        line += source.AsSpan(position, end - position).Count('\n');
        position = end + 1;
    }

    private bool Starts(string text) => source.AsSpan(position).StartsWith(text, StringComparison.Ordinal);

    private Token Read()
    {
        var start = position;
        var first = source[position++];
        if (char.IsAsciiDigit(first))
        {
            SkipWord();
            return new(TokenKind.Number, source[start..position], line);
        }

        if (char.IsAsciiLetter(first) || first is '%' or '_' or '$')
        {
            SkipWord();
            return new(TokenKind.Name, source[start..position], line);
        }

        if (first == '.')
        {
            SkipWord();
            while (Starts("::"))
            {
                position += 2;
                SkipWord();
            }

            return position == start + 1 ? throw Error("'.' without a name", line) : new(TokenKind.Dotted, source[(start + 1)..position], line);
        }

        return Marks.Contains(first) ? new(TokenKind.Mark, first.ToString(), line) : throw Error($"unexpected character '{first}'", line);
    }

    private void SkipWord()
    {
        while (position < source.Length && (char.IsAsciiLetterOrDigit(source[position]) || source[position] is '_' or '$'))
            position++;
    }
}
