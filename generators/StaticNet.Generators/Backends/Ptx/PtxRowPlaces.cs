using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>Where values have what goes with one row of a shape: those with fewer rows repeat along the axes that they do not have.</summary>
/// <param name="writer">The kernel.</param>
/// <param name="shape">The shape whose rows are counted.</param>
/// <param name="row">The row, of those of all samples.</param>
internal sealed class PtxRowPlaces(PtxWriter writer, TensorShape shape, PtxValue row)
{
    private readonly Dictionary<TensorShape, PtxValue> _rows = [];
    private readonly Dictionary<(PtxValue Row, int Stride), PtxValue> _offsets = [];
    private readonly Dictionary<(PtxValue Offset, PtxValue Column), PtxValue> _elements = [];
    private readonly Dictionary<(PtxValue Base, PtxValue Offset, PtxValue Column), PtxValue> _addresses = [];

    /// <summary>How many floats before a value's row.</summary>
    public PtxValue Offset(Node node, Placement place)
    {
        if (!node.Shape.HasBatch)
        {
            return Rows(node.Shape) == 1 ? 0 : throw new NotSupportedException($"One row for all samples is what kernels of rows read, not {node}.");
        }

        var key = (Row(node.Shape), place.StrideOf(node));
        return Known(_offsets, key, () => writer.Multiply(key.Item1, key.Item2));
    }

    /// <summary>The address of a column of a value's row.</summary>
    public PtxValue Address(PtxValue begin, Node node, Placement place, PtxValue column)
    {
        var offset = Offset(node, place);
        return Known(_addresses, (begin, offset, column), () => writer.Address(begin, Known(_elements, (offset, column), () => writer.Add(offset, column))));
    }

    /// <summary>The index along an axis, as a float; along the last it is the column's.</summary>
    public PtxValue Index(TensorShape of, int axis, Func<PtxValue> column)
    {
        if (axis == of.Rank - 1)
        {
            return column();
        }

        var outer = writer.Divide(Row(of), of.Extents.Skip(axis + 1).Take(of.Rank - axis - 2).Aggregate(1, (rows, extent) => rows * extent.Size));
        return writer.ToFloat(axis == 0 ? outer : writer.Remainder(outer, of[axis].Size));
    }

    /// <summary>The row of a value. One whose rows all differ, or are all one, may have other axes.</summary>
    private PtxValue Row(TensorShape of)
    {
        var (all, own) = (Rows(shape), Rows(of));
        return own == all ? row : Known(_rows, of, () => own == 1 ? writer.Divide(row, all) : Repeated(of));
    }

    private PtxValue Repeated(TensorShape of)
    {
        PtxValue result = 0;
        var (rows, ownRows) = (1, 1);
        for (var axis = shape.Rank - 2; axis >= 0; axis--)
        {
            var outer = writer.Divide(row, rows);
            if (axis == 0)
            {
                return writer.MultiplyAdd(outer, ownRows, result);
            }

            if (!of[axis].IsOne)
            {
                result = writer.MultiplyAdd(writer.Remainder(outer, shape[axis].Size), ownRows, result);
            }

            (rows, ownRows) = (rows * shape[axis].Size, ownRows * of[axis].Size);
        }

        return result;
    }

    private static int Rows(TensorShape of) => of.ConstantSize / of.Last.Size;

    private static PtxValue Known<TKey>(Dictionary<TKey, PtxValue> known, TKey key, Func<PtxValue> make)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out var value))
        {
            known[key] = value = make();
        }

        return value;
    }
}
