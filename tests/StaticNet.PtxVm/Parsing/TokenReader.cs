using System.Globalization;

namespace StaticNet.PtxVm.Parsing;

/// <summary>Walks over the tokens of a module.</summary>
internal sealed class TokenReader
{
    private readonly Lexer lexer;
    private readonly List<Token> tokens;
    private int position;

    public TokenReader(string source)
    {
        lexer = new(source);
        tokens = lexer.ReadAll();
    }

    public Token Next => tokens[position];

    public Token AfterNext => tokens[Math.Min(position + 1, tokens.Count - 1)];

    public Token Take() => tokens[position] is { Kind: TokenKind.End } ? throw Error("the text ends too early") : tokens[position++];

    public bool Skip(string mark)
    {
        if (Next.Kind is not (TokenKind.Mark or TokenKind.Dotted) || Next.Text != mark)
            return false;

        position++;
        return true;
    }

    public void Expect(string mark)
    {
        if (!Skip(mark))
            throw Error($"'{mark}' expected before '{Next.Text}'");
    }

    public string Name() => Next.Kind == TokenKind.Name ? Take().Text : throw Error($"a name expected before '{Next.Text}'");

    public string Dotted() => Next.Kind == TokenKind.Dotted ? Take().Text : throw Error($"a directive or modifier expected before '{Next.Text}'");

    public int Count()
    {
        var number = Number();
        return number.FloatSize == 0 && number.Value >= 0 && number.Value <= int.MaxValue ? (int)number.Value : throw Error("a count expected");
    }

    public ScalarType Type()
    {
        var name = Dotted();
        return ScalarType.Find(name) ?? throw Error($"unknown type '.{name}'");
    }

    /// <summary>Reads a decimal, hexadecimal or float-bits number, with its sign.</summary>
    public ImmediateOperand Number()
    {
        var negative = Skip("-");
        if (Next.Kind != TokenKind.Number)
            throw Error($"a number expected before '{Next.Text}'");

        var text = Take().Text;
        if (text.StartsWith("0f", StringComparison.OrdinalIgnoreCase) || text.StartsWith("0d", StringComparison.OrdinalIgnoreCase))
        {
            var size = char.ToLowerInvariant(text[1]) == 'f' ? 4 : 8;
            if (negative || text.Length != 2 + (2 * size) || !ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, null, out var bits))
                throw Error($"'{text}' is no float of {2 * size} hexadecimal digits");

            return new(bits, size);
        }

        var digits = text.TrimEnd('U');
        var parsed = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.HexNumber, null, out var value)
            : ulong.TryParse(digits, NumberStyles.None, null, out value);
        return parsed ? new(negative ? -(Int128)value : value, 0) : throw Error($"'{text}' is no number");
    }

    /// <summary>Returns the exception for a problem at the next token.</summary>
    public PtxSyntaxException Error(string problem) => lexer.Error(problem, Next.Line);

    /// <summary>Returns the exception for a problem in a line.</summary>
    public PtxSyntaxException Error(string problem, int line) => lexer.Error(problem, line);

    /// <summary>Returns a line without the space around it.</summary>
    public string Line(int line) => lexer.Line(line);
}
