namespace StaticNet.PtxVm.Parsing;

/// <summary>What the bits of a type mean; registers are matched with instructions by this and by size.</summary>
internal enum TypeKind
{
    Bits,
    Unsigned,
    Signed,
    Float,
    Predicate,
}

/// <summary>A fundamental type of PTX, such as <c>.u32</c>.</summary>
/// <param name="Name">The name without its dot.</param>
/// <param name="Size">Its size in bytes; a predicate has none.</param>
internal sealed record ScalarType(string Name, TypeKind Kind, int Size)
{
    public static readonly ScalarType Predicate = new("pred", TypeKind.Predicate, 0);

    public static readonly ScalarType B32 = new("b32", TypeKind.Bits, 4);

    private static readonly Dictionary<string, ScalarType> ByName = Enumerate().ToDictionary(type => type.Name);

    /// <summary>Returns the type of a name without its dot, or null where there is none.</summary>
    public static ScalarType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Returns the type of a name that is known to be one.</summary>
    public static ScalarType Of(string name) => ByName[name];

    /// <summary>
    /// Tells whether a register of this type may stand where an instruction wants <paramref name="wanted"/>: sizes agree, and bits go
    /// with everything, signed with unsigned, floats with floats ("Operand type checking rules" of the PTX manual).
    /// </summary>
    public bool Suits(ScalarType wanted) => Size == wanted.Size && SuitsKind(wanted);

    /// <summary>As <see cref="Suits"/>, for loads, stores and conversions, whose registers may be wider than the type.</summary>
    public bool SuitsOrIsWider(ScalarType wanted) =>
        Suits(wanted) || (Size > wanted.Size && wanted.Kind != TypeKind.Predicate
            && (Kind == TypeKind.Bits || (IsInteger && wanted.Kind != TypeKind.Float)));

    public override string ToString() => "." + Name;

    private bool IsInteger => Kind is TypeKind.Unsigned or TypeKind.Signed;

    private bool SuitsKind(ScalarType wanted)
    {
        if (Kind == TypeKind.Predicate || wanted.Kind == TypeKind.Predicate)
            return Kind == wanted.Kind;

        return Kind == wanted.Kind || Kind == TypeKind.Bits || wanted.Kind == TypeKind.Bits
            || (Kind != TypeKind.Float && wanted.Kind != TypeKind.Float);
    }

    private static IEnumerable<ScalarType> Enumerate()
    {
        yield return Predicate;
        foreach (var size in new[] { 1, 2, 4, 8 })
        {
            yield return size == 4 ? B32 : new($"b{8 * size}", TypeKind.Bits, size);
            yield return new($"u{8 * size}", TypeKind.Unsigned, size);
            yield return new($"s{8 * size}", TypeKind.Signed, size);
        }

        yield return new("f16", TypeKind.Float, 2);
        yield return new("f32", TypeKind.Float, 4);
        yield return new("f64", TypeKind.Float, 8);
    }
}
