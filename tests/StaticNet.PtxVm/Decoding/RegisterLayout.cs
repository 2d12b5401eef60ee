using StaticNet.PtxVm.Parsing;

namespace StaticNet.PtxVm.Decoding;

/// <summary>Where a value lies in a warp's register file: 32 lanes beside each other, or for predicates one bit a lane.</summary>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Size">Bytes of a lane.</param>
/// <param name="Register">The register's number, or -1 for constants and special registers, which are never uninitialised.</param>
internal readonly record struct Slot(int Offset, int Size, int Register);

/// <summary>Gives registers, special registers and constants their places in the register file.</summary>
internal sealed class RegisterLayout
{
    private const int Lanes = 32;
    private const int Alignment = 64;

    private readonly Slot[] registers;
    private readonly Dictionary<string, Slot> specials = [];
    private readonly Dictionary<(int Size, ulong Bits), Slot> constants = [];

    public RegisterLayout(IReadOnlyList<Register> declared)
    {
        registers = new Slot[declared.Count];
        foreach (var register in declared)
            registers[register.Index] = Place(register.Type.Size, register.Index);
    }

    /// <summary>The bytes of the whole file.</summary>
    public int Size { get; private set; }

    public int RegisterCount => registers.Length;

    public IReadOnlyDictionary<string, Slot> Specials => specials;

    public IReadOnlyDictionary<(int Size, ulong Bits), Slot> Constants => constants;

    public Slot this[Register register] => registers[register.Index];

    /// <summary>Returns the place of a special register.</summary>
    public Slot Special(string name)
    {
        if (!specials.TryGetValue(name, out var slot))
            specials[name] = slot = Place(4, -1);

        return slot;
    }

    /// <summary>Returns the place of a constant, the same in every lane.</summary>
    public Slot Constant(ulong bits, int size)
    {
        bits = size < 8 ? bits & ((1UL << (8 * size)) - 1) : bits;
        if (!constants.TryGetValue((size, bits), out var slot))
            constants[(size, bits)] = slot = Place(size, -1);

        return slot;
    }

    private Slot Place(int size, int register)
    {
        var slot = new Slot(Size, size, register);
        Size += (Math.Max(size * Lanes, 4) + Alignment - 1) / Alignment * Alignment;
        return slot;
    }
}
