using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Columns of a row that a thread computes together, and what is known of them so far.</summary>
/// <param name="column">The first of them, less the offset.</param>
/// <param name="offset">What is added to it, known when the kernel is written.</param>
/// <param name="width">How many: 1, 2 or 4 where they are read or written.</param>
/// <param name="exists">Whether the row has them, all or none; null when that is certain.</param>
internal sealed class PtxBlock(PtxValue column, int offset, int width, PtxValue? exists = null)
{
    private readonly Dictionary<int, PtxValue> _indices = [];

    public PtxValue Column => column;

    public int Offset => offset;

    public int Width => width;

    public PtxValue? Exists => exists;

    /// <summary>The elements of values in these columns.</summary>
    public Dictionary<Node, PtxValue[]> Values { get; } = [];

    /// <summary>The index of one of the columns.</summary>
    public PtxValue Index(PtxWriter writer, int element)
    {
        if (!_indices.TryGetValue(element, out var index))
        {
            _indices[element] = index = writer.ToFloat(writer.Add(column, offset + element));
        }

        return index;
    }
}
