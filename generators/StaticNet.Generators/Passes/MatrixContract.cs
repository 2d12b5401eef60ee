using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// A contraction seen as <c>C[m, n] = Σₖ A[m, k] · B[k, n]</c>, lanes on n. Each operand is a matrix whose rows are its leading axes,
/// flattened, and whose columns are its last axis.
/// </summary>
/// <param name="Result">The contraction.</param>
/// <param name="Rows">The operand A, read one element at a time.</param>
/// <param name="RowsTransposed">Whether A's columns are m and its rows k, as the input of a layer is in its weight gradient.</param>
/// <param name="Columns">The operand B, read by vectors: a weight matrix, or rows of values.</param>
/// <param name="M">Rows of the result when they are constant, otherwise null: as many as the batch has.</param>
/// <param name="N">Columns of the result.</param>
/// <param name="K">Terms of a sum when they are constant, otherwise null.</param>
internal sealed record MatrixContract(Node Result, Node Rows, bool RowsTransposed, Node Columns, int? M, int N, int? K)
{
    /// <summary>Whether the result is a weight matrix: lanes on its outputs, stored in panels.</summary>
    public bool GivesWeights => M is not null;

    /// <summary>Whether B is a weight matrix in panels.</summary>
    public bool ReadsWeights => !Columns.Shape.HasBatch;

    /// <summary>Whether B is a weight matrix with inputs and outputs changed: its panels are turned one by one, where they are used.</summary>
    public bool TurnsColumns { get; init; }

    /// <summary>The windows through which rows are read; null for a plain product.</summary>
    public WindowContract? Windows { get; init; }

    /// <summary>Recognises a matrix product, plain or over windows.</summary>
    /// <exception cref="NotSupportedException">The contraction is of another form.</exception>
    public static MatrixContract Of(Node node) => WindowContract.Of(node) is { } windows ? Of(windows, node) : Plain(node);

    private static MatrixContract Of(WindowContract windows, Node node)
    {
        var (image, map) = (windows.Image.Shape.Last.Size, windows.Map.Shape.Last.Size);
        var (taps, groups) = (windows.Cells, windows.Groups);
        var contract = windows.Role switch
        {
            WindowRole.Gather => new MatrixContract(node, windows.Image, false, windows.Weights, null, map, taps * image / groups),
            WindowRole.Scatter => new MatrixContract(node, windows.Map, false, windows.Weights, null, image, taps * map / groups),
            _ => new MatrixContract(node, windows.Image, true, windows.Map, taps * image / groups, map, null),
        };
        return contract with { Windows = windows };
    }

    /// <summary>Whether a node is a weight matrix with inputs and outputs changed, of which nobody needs a copy.</summary>
    public static bool IsTurnedWeight(Node node) => node is { Operation: TransposeOperation, Shape: { HasBatch: false, Rank: 2 } };

    /// <summary>
    /// Recognises a matrix product. The lanes are the last axis of the result, for a weight matrix (no batch) its first, the outputs.
    /// </summary>
    /// <exception cref="NotSupportedException">The contraction is of another form.</exception>
    private static MatrixContract Plain(Node node)
    {
        var contract = (ContractOperation)node.Operation;
        var (left, right, result) = (contract.Left, contract.Right, contract.Result);
        if (!left.IsProjection || !right.IsProjection || !result.IsProjection)
        {
            throw new NotSupportedException($"A contraction of combined indices that are no windows has no kernel: {node}");
        }

        var lanes = node.Shape.HasBatch ? result.Dimensions.Last() : result.Dimensions.First();
        var leftHasLanes = left.Uses(lanes);
        var (rows, rowMap) = leftHasLanes ? (node.Operands[1], right) : (node.Operands[0], left);
        var (columns, columnMap) = leftHasLanes ? (node.Operands[0], left) : (node.Operands[1], right);
        var kept = result.Dimensions.Where(d => d != lanes).ToArray();
        if (kept.Any(columnMap.Uses) || !kept.All(rowMap.Uses))
        {
            throw new NotSupportedException($"A batch of matrix products has no kernel yet: {node}");
        }

        var summed = Enumerable.Range(0, contract.Domain.Count).Where(d => !result.Uses(d)).Select(d => contract.Domain[d]);
        var isTurned = IsTurnedWeight(columns);
        return new MatrixContract(
            node,
            rows,
            rowMap.Dimensions.Last() == kept.Last(),
            isTurned ? columns.Operands[0] : columns,
            Product(kept.Select(d => contract.Domain[d])),
            contract.Domain[lanes].Size,
            Product(summed))
        {
            TurnsColumns = isTurned,
        };
    }

    /// <summary>The product of extents, null when one of them is known only at run time.</summary>
    private static int? Product(IEnumerable<Extent> extents) =>
        extents.Aggregate((int?)1, (product, extent) => extent.IsSymbol ? null : product * extent.Size);
}
