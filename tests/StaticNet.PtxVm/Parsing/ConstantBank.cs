namespace StaticNet.PtxVm.Parsing;

/// <summary>The constant memory of a module: its variables one after another, from address 0.</summary>
internal sealed class ConstantBank
{
    private readonly List<byte> bytes = [];
    private readonly Dictionary<string, int> offsets = [];

    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);

    /// <summary>Places a variable; false where the name is taken.</summary>
    public bool TryAdd(string name, int alignment, ReadOnlySpan<byte> values)
    {
        if (!offsets.TryAdd(name, ModuleParser.RoundUp(bytes.Count, alignment)))
            return false;

        bytes.AddRange(new byte[offsets[name] - bytes.Count]);
        bytes.AddRange(values);
        return true;
    }

    /// <summary>Finds where a variable begins.</summary>
    public bool TryGet(string name, out int offset) => offsets.TryGetValue(name, out offset);
}
