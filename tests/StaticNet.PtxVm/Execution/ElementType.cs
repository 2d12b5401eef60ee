namespace StaticNet.PtxVm.Execution;

/// <summary>The type of an element in memory.</summary>
internal readonly record struct ElementType(int Size, bool IsSigned)
{
    /// <summary>Reads an element, filled up to 64 bits by its sign or by zeros.</summary>
    public unsafe ulong Read(byte* from) => (Size, IsSigned) switch
    {
        (1, false) => *from,
        (1, true) => (ulong)*(sbyte*)from,
        (2, false) => *(ushort*)from,
        (2, true) => (ulong)*(short*)from,
        (4, false) => *(uint*)from,
        (4, true) => (ulong)*(int*)from,
        _ => *(ulong*)from,
    };

    /// <summary>Writes the low bytes of a value.</summary>
    public unsafe void Write(byte* to, ulong value)
    {
        switch (Size)
        {
            case 1:
                *to = (byte)value;
                break;
            case 2:
                *(ushort*)to = (ushort)value;
                break;
            case 4:
                *(uint*)to = (uint)value;
                break;
            default:
                *(ulong*)to = value;
                break;
        }
    }
}
