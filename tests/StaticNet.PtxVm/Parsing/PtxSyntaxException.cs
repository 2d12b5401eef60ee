namespace StaticNet.PtxVm.Parsing;

/// <summary>The text is no module of the subset: what is wrong, and where.</summary>
public sealed class PtxSyntaxException : Exception
{
    public PtxSyntaxException(string problem, int line, string text)
        : base($"line {line}: {problem}: {text}")
    {
        Line = line;
        Text = text;
    }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The line's text.</summary>
    public string Text { get; }
}
