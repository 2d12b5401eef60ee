namespace StaticNet.Generators.Backends.Ptx;

/// <content>Global and shared memory.</content>
internal sealed partial class PtxWriter
{
    /// <summary>One, two or four floats that lie together in global memory; an address of as many.</summary>
    public PtxValue[] LoadGlobal(PtxValue address, int byteOffset = 0, int count = 1) => Load("ld.global", PtxType.Long, PtxType.Float, address, byteOffset, count);

    /// <summary>The same where a condition holds; where not, nothing is read and the values are <paramref name="otherwise"/>. Without a condition always.</summary>
    public PtxValue[] LoadGlobalWhere(PtxValue? condition, PtxValue address, int byteOffset = 0, int count = 1, double otherwise = 0)
    {
        if (condition is not { } guard)
        {
            return LoadGlobal(address, byteOffset, count);
        }

        Require(PtxType.Long, address);
        PtxValue[] values = [.. Enumerable.Range(0, count).Select(_ => Variable(PtxValue.Float(otherwise)))];
        Guarded(guard, () => Emit($"ld.global{Vector(count)}.f32", Tuple(values), Place(address, byteOffset)));
        return values;
    }

    /// <summary>A word in global memory: a class index, a number of the step.</summary>
    public PtxValue LoadWord(PtxValue address, int byteOffset = 0) => Load("ld.global", PtxType.Long, PtxType.Word, address, byteOffset, 1)[0];

    public void StoreGlobal(PtxValue address, int byteOffset, params PtxValue[] values) => Store("st.global", PtxType.Long, address, byteOffset, values);

    /// <summary>One, two or four floats that lie together in shared memory.</summary>
    public PtxValue[] LoadShared(PtxValue address, int byteOffset = 0, int count = 1) => Load("ld.shared", PtxType.Word, PtxType.Float, address, byteOffset, count);

    /// <summary>Words in shared memory: pairs of bfloat16, bits of floats.</summary>
    public PtxValue[] LoadSharedWords(PtxValue address, int byteOffset = 0, int count = 1) => Load("ld.shared", PtxType.Word, PtxType.Word, address, byteOffset, count);

    public void StoreShared(PtxValue address, int byteOffset, params PtxValue[] values) => Store("st.shared", PtxType.Word, address, byteOffset, values);

    /// <summary>
    /// Begins to copy 4 or 16 bytes from global to shared memory. With a count of source bytes, the others become zeros, and with none the
    /// source is not read.
    /// </summary>
    public void CopyAsync(PtxValue shared, int sharedOffset, PtxValue global, int globalOffset, int bytes, PtxValue? sourceBytes = null)
    {
        Require(PtxType.Word, shared);
        Require(PtxType.Long, global);
        object[] operands = [Place(shared, sharedOffset), Place(global, globalOffset), bytes];
        Emit(bytes == 16 ? "cp.async.cg.shared.global" : "cp.async.ca.shared.global", sourceBytes is { } count ? [.. operands, count] : operands);
    }

    /// <summary>Closes a group of copies.</summary>
    public void CommitCopies() => Emit("cp.async.commit_group");

    /// <summary>Waits until only so many groups of this thread's copies are on their way.</summary>
    public void WaitForCopies(int pending) => Emit("cp.async.wait_group", pending);

    /// <summary>All threads of the block come here before any goes on; what they wrote to shared memory is there then.</summary>
    public void Barrier() => Emit("bar.sync", 0);

    private PtxValue[] Load(string opcode, PtxType addressType, PtxType type, PtxValue address, int byteOffset, int count)
    {
        Require(addressType, address);
        PtxValue[] values = [.. Enumerable.Range(0, count).Select(_ => Fresh(type))];
        Emit($"{opcode}{Vector(count)}.{(type == PtxType.Float ? "f32" : "b32")}", Tuple(values), Place(address, byteOffset));
        return values;
    }

    private void Store(string opcode, PtxType addressType, PtxValue address, int byteOffset, PtxValue[] values)
    {
        Require(addressType, address);
        Require(values[0].Type, values);
        Emit($"{opcode}{Vector(values.Length)}.{(values[0].Type == PtxType.Float ? "f32" : "b32")}", Place(address, byteOffset), Tuple(values));
    }

    private static string Vector(int count) => count switch
    {
        1 => "",
        2 => ".v2",
        4 => ".v4",
        _ => throw new ArgumentOutOfRangeException(nameof(count), count, "An access has one, two or four elements."),
    };

    private static string Tuple(PtxValue[] values) => values.Length == 1 ? values[0].Text : $"{{{string.Join(", ", values)}}}";

    private static string Place(PtxValue address, int offset) => offset == 0 ? $"[{address}]" : $"[{address}+{offset}]";
}
