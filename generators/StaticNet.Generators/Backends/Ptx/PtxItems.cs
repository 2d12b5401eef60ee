using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Threads by themselves: each has some columns of a row, or some other item.</summary>
internal static class PtxItems
{
    public const int Threads = 128;

    /// <summary>How many floats may go through memory at once, most first.</summary>
    public static readonly IReadOnlyList<int> Widths = [4, 2, 1];

    /// <summary>The number of a thread's item; threads beyond the last end here.</summary>
    /// <param name="writer">The kernel, of which this is the begin.</param>
    /// <param name="items">Items of a sample, or in all.</param>
    /// <param name="hasBatch">Whether each sample has so many.</param>
    public static PtxValue Begin(PtxWriter writer, int items, bool hasBatch)
    {
        var item = writer.MultiplyAdd(writer.Block('x'), Threads, writer.Thread);
        writer.ExitIf(writer.Compare(PtxComparison.GreaterOrEqual, item, hasBatch ? writer.Multiply(writer.Batch, items) : items));
        return item;
    }

    /// <summary>The row and the first column of a thread that has so many columns of a row.</summary>
    public static (PtxValue Row, PtxValue Column) BeginRows(PtxWriter writer, int rowsPerSample, int columns, int width)
    {
        var pieces = columns / width;
        var item = Begin(writer, rowsPerSample * pieces, hasBatch: true);
        return (writer.Divide(item, pieces), writer.Multiply(writer.Remainder(item, pieces), width));
    }

    /// <summary>The blocks that such threads need.</summary>
    public static PtxBlocks Blocks(int items, bool hasBatch) => hasBatch ? new(1, items, Threads) : new((items + Threads - 1) / Threads);

    /// <summary>How many columns go through memory at once: as many of 4, 2 or 1 as divide rows and the distances between them.</summary>
    public static int Width(MemoryPlan plan, int columns, IEnumerable<Node> reads, IEnumerable<Node> writes)
    {
        var places = reads.Where(IsRow).Select(node => (Node: node, Place: plan[node]))
            .Concat(writes.Where(IsRow).SelectMany(node => plan.Targets(node).Select(target => (Node: node, Place: target))))
            .ToList();
        return Widths.First(width => columns % width == 0
            && places.TrueForAll(item => !item.Node.Shape.HasBatch || item.Place.StrideOf(item.Node) % width == 0));

        static bool IsRow(Node node) => !PtxRowValues.IsScalar(node) && node.Operation is not (ConstantOperation or ExtentOperation);
    }
}
