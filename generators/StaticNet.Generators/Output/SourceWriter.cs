using System.Text;

namespace StaticNet.Generators.Output;

/// <summary>Writes C# with four-space indentation and <c>\n</c> line ends, the same on every machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line; a text of several lines is indented as a whole.</summary>
    public SourceWriter Line(string text = "")
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line);
            }

            _text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes text from the margin on, however deep the code around it: a literal whose lines must not begin with blanks.</summary>
    public SourceWriter Literal(string text)
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>Writes <paramref name="header"/> and an indented block in braces until the result is disposed.</summary>
    public Block Braces(string header, string end = "}")
    {
        Line(header);
        return Indented("{", end);
    }

    /// <summary>Writes <paramref name="header"/> and indents what follows until the result is disposed.</summary>
    public Block Indented(string header, string? end = null)
    {
        Line(header);
        _depth++;
        return new Block(this, end);
    }

    /// <summary>What has been written, and forgets it.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Block(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
