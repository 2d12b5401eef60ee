using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>What follows the sums of a contraction: bias, activation, what a gradient is multiplied with; and where the values go.</summary>
internal sealed class SumEpilogue(PtxWriter writer, ContractKernel kernel, Product product, PtxOperands operands)
{
    /// <summary>Values that are the same for all rows.</summary>
    private readonly Dictionary<Node, PtxValue[]> _ofColumns = [];

    /// <summary>Where the sums themselves go instead, when another launch adds those of other blocks to them; null when they are whole.</summary>
    public PartSums? Parts { get; init; }

    /// <summary>Loads what all rows need of some columns.</summary>
    /// <param name="column">The first of them.</param>
    /// <param name="count">How many lie side by side: one or four.</param>
    public void Prepare(PtxValue column, int count)
    {
        foreach (var operand in kernel.Epilogue.Reads.Where(operand => Parts is null && !operand.Shape.HasBatch && operand.Operation is not ExtentOperation))
        {
            var address = operands.Address(operand);
            _ofColumns[operand] = operand.Shape.Last.IsOne ? writer.LoadGlobal(address) : Load(writer.Address(address, column), count, isAligned: true);
        }
    }

    /// <summary>Writes the values of some columns of a row.</summary>
    /// <param name="sums">Their sums, one or four.</param>
    /// <param name="row">The row of the result.</param>
    /// <param name="column">The first column.</param>
    public void Write(PtxValue[] sums, PtxValue row, PtxValue column)
    {
        if (Parts is not null)
        {
            Parts.Store(sums, row, column);
            return;
        }

        var values = new Dictionary<Node, PtxValue[]> { [product.Result] = sums };
        foreach (var node in kernel.Epilogue.Nodes)
        {
            var read = node.Operands.Select(operand => values.TryGetValue(operand, out var made) ? made : Operand(operand)).ToList();
            values[node] = [.. Enumerable.Range(0, sums.Length).Select(c => new PtxExpression(writer).Write(
                ((MapOperation)node.Operation).Body,
                [.. read.Select(operand => operand[operand.Length == 1 ? 0 : c])],
                axis => axis == node.Shape.Rank - 1 ? writer.ToFloat(writer.Add(column, c)) : throw new NotSupportedException($"No index along axis {axis} behind a sum: {node}")))];
        }

        foreach (var node in kernel.Writes)
        {
            foreach (var target in operands.Plan.Targets(node))
            {
                var stride = target.StrideOf(node);
                Store(writer, writer.Address(writer.Address(operands.Address(node, target), writer.Multiply(row, stride)), column), values[node], stride % 4 == 0);
            }
        }

        PtxValue[] Operand(Node operand) => operand.Operation switch
        {
            ConstantOperation constant => [PtxValue.Float(constant.Value)],
            ExtentOperation => [writer.ToFloat(writer.Batch)],
            _ when !operand.Shape.HasBatch => _ofColumns[operand],
            _ => OfRow(operand, operands.Plan[operand].StrideOf(operand)),
        };

        PtxValue[] OfRow(Node operand, int stride) => operand.Shape.Last.IsOne
            ? writer.LoadGlobal(writer.Address(operands.Address(operand), writer.Multiply(row, stride)))
            : Load(writer.Address(writer.Address(operands.Address(operand), writer.Multiply(row, stride)), column), sums.Length, stride % 4 == 0);
    }

    /// <summary>Whether the product's rows are the result's, in the same order.</summary>
    public bool HasPlainRows => product.M.Select(d => d.Domain).SequenceEqual(Enumerable.Range(0, product.Result.Shape.Rank - 1)
            .Where(axis => !product.Result.Shape[axis].IsOne).Select(axis => product.CMap.Indices[axis].Dimension));

    /// <summary>The row of the result at a point: rows are counted along all axes but the last.</summary>
    public PtxValue Row(IReadOnlyDictionary<int, PtxValue> point)
    {
        PtxValue row = 0;
        for (var axis = 0; axis < product.Result.Shape.Rank - 1; axis++)
        {
            row = writer.MultiplyAdd(row, axis == 0 ? 1 : product.Result.Shape[axis].Size, Index(axis, point));
        }

        return row;
    }

    /// <summary>The column of the result at a point.</summary>
    public PtxValue Column(IReadOnlyDictionary<int, PtxValue> point) => Index(product.Result.Shape.Rank - 1, point);

    /// <summary>Stores values that lie side by side.</summary>
    public static void Store(PtxWriter writer, PtxValue address, PtxValue[] values, bool isAligned)
    {
        if (isAligned && values.Length > 1)
        {
            writer.StoreGlobal(address, 0, values);
            return;
        }

        for (var c = 0; c < values.Length; c++)
        {
            writer.StoreGlobal(address, 4 * c, values[c]);
        }
    }

    private PtxValue Index(int axis, IReadOnlyDictionary<int, PtxValue> point)
    {
        var index = product.CMap.Indices[axis];
        PtxValue value = index.Offset;
        foreach (var pair in point)
        {
            value = index.Coefficients[pair.Key] == 0 ? value : writer.MultiplyAdd(pair.Value, index.Coefficients[pair.Key], value);
        }

        return value;
    }

    private PtxValue[] Load(PtxValue address, int count, bool isAligned) => isAligned && count > 1
        ? writer.LoadGlobal(address, 0, count)
        : [.. Enumerable.Range(0, count).SelectMany(c => writer.LoadGlobal(address, 4 * c))];
}
