using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Threads that reduce together: so many neighbouring lanes of a warp, or all threads of a block.</summary>
internal sealed class PtxTeam(PtxWriter writer, int size)
{
    private PtxValue? _shared;

    public int Size => size;

    /// <summary>What changes nothing.</summary>
    public static PtxValue Identity(ReduceKind kind) => PtxValue.Float(kind == ReduceKind.Sum ? 0 : double.NegativeInfinity);

    public static PtxValue Combine(PtxWriter writer, ReduceKind kind, PtxValue a, PtxValue b) => kind == ReduceKind.Sum ? writer.Add(a, b) : writer.Maximum(a, b);

    public PtxValue Combine(ReduceKind kind, PtxValue a, PtxValue b) => Combine(writer, kind, a, b);

    /// <summary>The values of all threads of the team together, in each of them. The order is fixed.</summary>
    public PtxValue Fold(ReduceKind kind, PtxValue value)
    {
        for (var mask = Math.Min(size, 32) / 2; mask > 0; mask /= 2)
        {
            value = Combine(kind, value, writer.ShuffleXor(value, mask));
        }

        return size > 32 ? FoldWarps(kind, value) : value;
    }

    /// <summary>The least power of two that is no smaller.</summary>
    public static int PowerFrom(int number)
    {
        var power = 1;
        while (power < number)
        {
            power *= 2;
        }

        return power;
    }

    private PtxValue FoldWarps(ReduceKind kind, PtxValue value)
    {
        var warps = size / 32;
        _shared ??= writer.Shared("warps", 4 * warps);
        var first = writer.Compare(PtxComparison.Equal, writer.Remainder(writer.Thread, 32), 0);
        var place = writer.Add(_shared.Value, writer.Multiply(writer.Divide(writer.Thread, 32), 4));

        // What was there is read before it is written again.
        writer.Barrier();
        writer.Guarded(first, () => writer.StoreShared(place, 0, value));
        writer.Barrier();
        return Enumerable.Range(0, warps / 4).SelectMany(i => writer.LoadShared(_shared.Value, 16 * i, 4)).ToList().Aggregate((a, b) => Combine(kind, a, b));
    }
}
