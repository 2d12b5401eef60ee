namespace StaticNet.PtxVm.Parsing;

internal enum TokenKind
{
    /// <summary>A name: <c>add</c>, <c>%r1</c>, <c>LOOP</c>.</summary>
    Name,

    /// <summary>A directive or modifier, without its dot: <c>.global</c>, <c>.L1::no_allocate</c>.</summary>
    Dotted,

    /// <summary>An integer, or a float given by its bits (<c>0f3F800000</c>).</summary>
    Number,

    /// <summary>One character.</summary>
    Mark,
    End,
}

/// <summary>A token and the line it stands in.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line);
