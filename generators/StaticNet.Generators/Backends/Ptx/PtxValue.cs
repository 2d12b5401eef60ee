using System.Globalization;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>What a register holds. Addresses in shared memory, counts and packed pairs are <see cref="Word"/>; whether it is signed, instructions say.</summary>
internal enum PtxType
{
    /// <summary>A condition: <c>.pred</c>.</summary>
    Condition,

    /// <summary>16 bits: <c>.b16</c>, a bfloat16.</summary>
    Half,

    /// <summary>32 bits: <c>.b32</c>.</summary>
    Word,

    /// <summary>64 bits: <c>.b64</c>, an address in global memory.</summary>
    Long,

    /// <summary>A float: <c>.f32</c>.</summary>
    Float,
}

/// <summary>A virtual register or a constant. The writer that made a register is the only one that may use it.</summary>
internal readonly record struct PtxValue
{
    private PtxValue(PtxType type, string text, uint? constant) => (Type, Text, Constant) = (type, text, constant);

    public PtxType Type { get; }

    /// <summary>As it stands in an instruction: <c>%r4</c>, <c>128</c>, <c>0f3F800000</c>.</summary>
    public string Text { get; }

    /// <summary>The number, or the bits of the float, when it is a constant.</summary>
    public uint? Constant { get; }

    public static PtxValue Register(PtxType type, int number) => new(type, $"%{Prefix(type)}{number}", null);

    public static implicit operator PtxValue(int value) => new(PtxType.Word, value.ToString(CultureInfo.InvariantCulture), unchecked((uint)value));

    public static implicit operator PtxValue(uint value) => new(PtxType.Word, value.ToString(CultureInfo.InvariantCulture), value);

    /// <summary>A float by its bits, so that it is read back as the same in every culture.</summary>
    public static PtxValue Float(double value)
    {
        var bits = BitConverter.ToUInt32(BitConverter.GetBytes((float)value), 0);
        return new(PtxType.Float, $"0f{bits:X8}", bits);
    }

    /// <summary>How registers of a type are declared.</summary>
    public static string Declaration(PtxType type) => type switch
    {
        PtxType.Condition => ".pred",
        PtxType.Half => ".b16",
        PtxType.Word => ".b32",
        PtxType.Long => ".b64",
        _ => ".f32",
    };

    public static string Prefix(PtxType type) => type switch
    {
        PtxType.Condition => "p",
        PtxType.Half => "h",
        PtxType.Word => "r",
        PtxType.Long => "rd",
        _ => "f",
    };

    public override string ToString() => Text;
}
