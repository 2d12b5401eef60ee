namespace StaticNet.PtxVm.Parsing;

/// <summary>
/// What an operand may be. The text is <c>[=]type[x4|xV|xN][+][?]</c>: <c>=</c> marks a result; the type is one by name (<c>b32</c>) or by
/// modifier (<c>T</c> is <c>.type</c>, <c>F</c> is <c>.from</c>, <c>W</c> is twice as wide as <c>.type</c>); <c>x4</c> is a vector of four,
/// <c>xV</c> of as many as <c>.vec</c> says, <c>xN</c> as <c>.num</c> does; <c>+</c> lets registers be wider; <c>?</c> may be missing.
/// Beside these: <c>[space]</c> an address, <c>label</c>, <c>imm</c>, <c>addr</c> a variable's address, <c>special</c> a special register,
/// and <c>=T|pred</c> a pair.
/// </summary>
internal sealed class OperandPattern
{
    private readonly string type;
    private readonly string? count;
    private readonly bool mayBeWider;

    public OperandPattern(string text)
    {
        IsResult = text.StartsWith('=');
        text = text.TrimStart('=');
        IsOptional = text.EndsWith('?');
        text = text.TrimEnd('?');
        HasPredicate = text.EndsWith("|pred", StringComparison.Ordinal);
        text = HasPredicate ? text[..^5] : text;
        mayBeWider = text.EndsWith('+');
        text = text.TrimEnd('+');
        if (text.StartsWith('['))
        {
            Space = text[1..^1];
            type = "";
            return;
        }

        var cross = text.IndexOf('x', StringComparison.Ordinal);
        type = cross < 0 ? text : text[..cross];
        count = cross < 0 ? null : text[(cross + 1)..];
    }

    public bool IsResult { get; }

    public bool IsOptional { get; }

    /// <summary>The state space of an address, <c>space</c> where a modifier says it, or null.</summary>
    public string? Space { get; }

    /// <summary>Whether a predicate may come with it, as <c>d|p</c>.</summary>
    public bool HasPredicate { get; }

    public bool IsName => type is "label" or "addr";

    public bool IsConstant => type == "imm";

    /// <summary>Returns the type of the operand, or null where it has none.</summary>
    public ScalarType? Type(IReadOnlyDictionary<string, string> modifiers) => type switch
    {
        "T" => ScalarType.Of(modifiers["type"]),
        "F" => ScalarType.Of(modifiers["from"]),
        "W" => Wider(modifiers["type"]),
        _ => ScalarType.Find(type),
    };

    /// <summary>Returns how many elements the operand has in braces, or null where it has none.</summary>
    public int? Length(IReadOnlyDictionary<string, string> modifiers) => count switch
    {
        null => null,
        "N" => modifiers["num"][1] - '0',
        "V" => modifiers.TryGetValue("vec", out var vector) ? int.Parse(vector.AsSpan(1)) : null,
        _ => int.Parse(count),
    };

    /// <summary>Returns what is wrong with an operand, or null.</summary>
    public string? Check(Operand operand, IReadOnlyDictionary<string, string> modifiers)
    {
        if (Space is not null)
            return CheckAddress(operand, AddressSpace(modifiers));

        if (IsName)
            return operand is NameOperand ? null : "a name expected";

        if (IsConstant)
            return operand is ImmediateOperand { FloatSize: 0 } ? null : "an integer constant expected";

        if (type == "special")
            return operand is SpecialOperand ? null : "a special register expected";

        var wanted = Type(modifiers)!;
        if (operand is PairOperand pair)
        {
            return !HasPredicate ? "no pair expected"
                : CheckScalar(pair.First, wanted) ?? CheckScalar(pair.Second, ScalarType.Predicate);
        }

        if (Length(modifiers) is not { } length)
            return CheckScalar(operand, wanted);

        if (operand is not VectorOperand vector || vector.Elements.Count != length)
            return $"a vector of {length} expected";

        return vector.Elements.Select(element => CheckScalar(element, wanted)).FirstOrDefault(problem => problem is not null);
    }

    private static ScalarType Wider(string type) => ScalarType.Of($"{type[0]}{2 * int.Parse(type.AsSpan(1))}");

    /// <summary>Returns the state space of an address.</summary>
    public string? AddressSpace(IReadOnlyDictionary<string, string> modifiers) => Space == "space" ? modifiers["space"] : Space;

    private static string? CheckAddress(Operand operand, string? space) => operand switch
    {
        not AddressOperand => "an address in brackets expected",
        AddressOperand { Base: { } register } => space switch
        {
            "param" => "a parameter's name expected",
            "shared" or "const" when register.Type is { Size: 4 or 8, Kind: not TypeKind.Float } => null,
            "global" when register.Type is { Size: 8, Kind: not TypeKind.Float } => null,
            _ => $"register '{register.Name}' of type {register.Type} is no .{space} address",
        },
        AddressOperand { Symbol: null } when space is not ("shared" or "const") => "an address needs a register or a name",
        AddressOperand { Symbol: not null } when space == "global" => "there are no global variables",
        _ => null,
    };

    private string? CheckScalar(Operand operand, ScalarType wanted) => operand switch
    {
        RegisterOperand { Negated: true } when IsResult || wanted != ScalarType.Predicate => "'!' is for predicates that are read",
        RegisterOperand { Register: var register } => (mayBeWider ? register.Type.SuitsOrIsWider(wanted) : register.Type.Suits(wanted))
            ? null
            : $"register '{register.Name}' of type {register.Type} where {wanted} is needed",
        _ when IsResult => $"a register of type {wanted} expected",
        ImmediateOperand immediate => CheckImmediate(immediate, wanted),
        _ => $"a register or constant of type {wanted} expected",
    };

    /// <summary>Returns what is wrong with a constant where a type is needed, or null.</summary>
    public static string? CheckImmediate(ImmediateOperand immediate, ScalarType wanted)
    {
        if (wanted.Kind == TypeKind.Predicate)
            return "a predicate expected";

        if (immediate.FloatSize > 0)
        {
            return wanted.Size == immediate.FloatSize && wanted.Kind is TypeKind.Float or TypeKind.Bits
                ? null : $"a float constant of {immediate.FloatSize} bytes where {wanted} is needed";
        }

        if (wanted.Kind == TypeKind.Float)
            return $"an integer constant where {wanted} is needed";

        var bits = 8 * wanted.Size;
        return immediate.Value >= -(Int128.One << (bits - 1)) && immediate.Value < Int128.One << bits ? null : $"{immediate.Value} does not fit {wanted}";
    }
}
