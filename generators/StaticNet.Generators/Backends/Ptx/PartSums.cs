using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>What one of the blocks that share the terms of sums has of them: rows as the result has them, part after part.</summary>
/// <param name="writer">The kernel.</param>
/// <param name="operands">What it touches.</param>
/// <param name="result">Whose sums they are.</param>
/// <param name="part">Which part.</param>
internal sealed class PartSums(PtxWriter writer, PtxOperands operands, Node result, PtxValue part)
{
    /// <summary>Floats from a row to the next.</summary>
    public static int Pitch(Node result) => Padding.To16(result.Shape.Last.Size);

    /// <summary>The sums of some columns of a row.</summary>
    public PtxValue[] Load(PtxValue row, PtxValue column, int count) => writer.LoadGlobal(Address(row, column), 0, count);

    /// <summary>Writes the sums of some columns of a row.</summary>
    public void Store(PtxValue[] sums, PtxValue row, PtxValue column) => SumEpilogue.Store(writer, Address(row, column), sums, isAligned: true);

    private PtxValue Address(PtxValue row, PtxValue column)
    {
        var rows = writer.Multiply(writer.Batch, Fuse.Rows(result));
        var place = operands.Address(result, operands.Plan.Sums(result), "parts");
        return writer.Address(place, writer.MultiplyAdd(writer.MultiplyAdd(part, rows, row), Pitch(result), column));
    }
}
