using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Tests;

/// <summary>Writes an instruction for every word that every modifier of a form can be.</summary>
internal static class FormText
{
    public const string Registers =
        ".reg .pred %p<8>; .reg .b16 %h<8>; .reg .b32 %r<32>; .reg .b64 %d<8>; .reg .f32 %f<8>; .shared .align 16 .b8 array[64];\n";

    public static IEnumerable<string> Of(InstructionForm form)
    {
        var variants = form.Modifiers.Max(modifier => (int?)modifier.Words.Length) ?? 1;
        var most = form.Modifiers.Any(modifier => modifier.IsOptional) ? variants + 1 : variants;
        for (var variant = 0; variant < most; variant++)
        {
            var chosen = form.Modifiers.Where(modifier => !modifier.IsOptional || variant < variants)
                .Select(modifier => (modifier.Name, Word: modifier.Words[variant % modifier.Words.Length])).ToList();
            var modifiers = chosen.DistinctBy(modifier => modifier.Name).ToDictionary(modifier => modifier.Name, modifier => modifier.Word);
            if (IsTooWide(form, modifiers))
                continue;

            var operands = form.Operands.Where(operand => !operand.IsOptional).Select((operand, index) => Operand(form, operand, index, modifiers));
            yield return $"{form.Opcode}{string.Concat(chosen.Select(modifier => "." + modifier.Word))} {string.Join(", ", operands)};".Replace(" ;", ";", StringComparison.Ordinal);
        }
    }

    /// <summary>Vectors have 16 bytes at most.</summary>
    private static bool IsTooWide(InstructionForm form, Dictionary<string, string> modifiers) =>
        form.Modifiers.Any(modifier => modifier.Name == "vec") && modifiers.TryGetValue("vec", out var vec)
        && ScalarType.Of(modifiers["type"]).Size * int.Parse(vec.AsSpan(1)) > 16;

    private static string Operand(InstructionForm form, OperandPattern pattern, int index, Dictionary<string, string> modifiers)
    {
        if (pattern.AddressSpace(modifiers) is { } space)
            return space switch { "param" => "[parameter]", "shared" => "[%r0+16]", "const" => "[constants+16]", _ => "[%d0+16]" };

        if (pattern.IsName)
            return form.Opcode == "bra" ? "LABEL" : "array";

        if (pattern.IsConstant)
            return "16";

        if (pattern.Type(modifiers) is not { } type)
            return "%ntid.y";

        var elements = Enumerable.Range(0, pattern.Length(modifiers) ?? 1).Select(element => Register(type, (4 * index) + element));
        var text = pattern.Length(modifiers) is null ? elements.First() : "{" + string.Join(", ", elements) + "}";
        return pattern.HasPredicate ? text + "|%p0" : text;
    }

    private static string Register(ScalarType type, int number) => type.Size switch
    {
        0 => $"%p{number % 8}",
        1 or 2 => $"%h{number % 8}",
        4 => $"%r{number}",
        _ => $"%d{number % 8}",
    };
}
