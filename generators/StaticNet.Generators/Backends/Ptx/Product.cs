using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>One dimension of a product's box.</summary>
/// <param name="Domain">Its number in the contraction's domain.</param>
/// <param name="Extent">How long it is; the batch when it is a symbol.</param>
internal readonly record struct ProductDimension(int Domain, Extent Extent);

/// <summary>
/// A gathering contraction as <c>C[z, m, n] = Σₖ A[z, m, k] · B[z, k, n]</c>: each of m, n, k and z counts several dimensions of the
/// domain, the last fastest. Neighbours in n lie side by side in C.
/// </summary>
internal sealed class Product
{
    private Product(Node result, ContractOperation contract, bool isZero, bool isSwapped)
    {
        var (left, right) = (contract.Left, contract.Right);
        (AMap, BMap) = isSwapped ? (right, left) : (left, right);
        (A, B) = isSwapped ? (result.Operands[1], result.Operands[0]) : (result.Operands[0], result.Operands[1]);
        (Result, Contract, CMap, IsZero) = (result, contract, contract.Result, isZero);

        var all = Enumerable.Range(0, contract.Domain.Count).ToArray();
        N = Group(ResultOrder(result), d => CMap.Uses(d) && BMap.Uses(d) && !AMap.Uses(d));
        Z = Group(ResultOrder(result), d => CMap.Uses(d) && BMap.Uses(d) && AMap.Uses(d));
        M = Group(ResultOrder(result), d => CMap.Uses(d) && !BMap.Uses(d));
        K = Group(A.Shape.HasBatch ? Axes(AMap, A).Concat(Axes(BMap, B)) : Axes(BMap, B).Concat(Axes(AMap, A)), d => !CMap.Uses(d));

        // The result's axes from the slowest to the fastest, as they lie in memory; for weights that is cells, inputs, outputs.
        IEnumerable<int> ResultOrder(Node node) => Axes(CMap, node);

        IEnumerable<int> Axes(AffineMap map, Node node)
        {
            IEnumerable<int> axes = Enumerable.Range(0, node.Shape.Rank);
            if (!node.Shape.HasBatch && node.Shape.Rank > 1)
            {
                axes = [.. axes.Skip(2), 1, 0];
            }

            return axes.SelectMany(axis => all.Where(d => map.Indices[axis].Coefficients[d] != 0)
                .OrderByDescending(d => Math.Abs(map.Indices[axis].Coefficients[d])));
        }

        // What has a single value contributes nothing, and would hide that neighbours in the dimension before it lie side by side.
        ProductDimension[] Group(IEnumerable<int> order, Func<int, bool> belongs)
        {
            ProductDimension[] dimensions = [.. order.Concat(all).Distinct().Where(belongs).Select(d => new ProductDimension(d, contract.Domain[d]))];
            return Array.Exists(dimensions, d => !d.Extent.IsOne) ? Array.FindAll(dimensions, d => !d.Extent.IsOne) : [.. dimensions.Take(1)];
        }
    }

    /// <summary>The node whose value, or a part of it, this is.</summary>
    public Node Result { get; }

    public ContractOperation Contract { get; }

    /// <summary>The operand whose rows are the result's.</summary>
    public Node A { get; }

    /// <summary>The operand whose columns are the result's.</summary>
    public Node B { get; }

    public AffineMap AMap { get; }

    public AffineMap BMap { get; }

    public AffineMap CMap { get; }

    public IReadOnlyList<ProductDimension> M { get; }

    public IReadOnlyList<ProductDimension> N { get; }

    public IReadOnlyList<ProductDimension> K { get; }

    /// <summary>What all three have: groups, channels that each have a window of their own.</summary>
    public IReadOnlyList<ProductDimension> Z { get; }

    /// <summary>Whether there is nothing to sum.</summary>
    public bool IsZero { get; }

    /// <summary>The gathers that make a contraction.</summary>
    public static IReadOnlyList<Product> Of(Node node) => [.. GatherForm.Of(node).Select(part => new Product(node, part.Contract, part.IsZero, IsSwapped(node, part.Contract)))];

    /// <summary>How many elements dimensions count together in one sample, or in all without the batch.</summary>
    public static int Size(IReadOnlyList<ProductDimension> dimensions) => dimensions.Where(d => !d.Extent.IsSymbol).Aggregate(1, (size, d) => size * d.Extent.Size);

    public static bool HasBatch(IReadOnlyList<ProductDimension> dimensions) => dimensions.Any(d => d.Extent.IsSymbol);

    /// <summary>The operand with the result's fastest dimension is B; when both have it, the one that has nothing else that the other has not.</summary>
    private static bool IsSwapped(Node node, ContractOperation contract)
    {
        var lanes = contract.Result.Indices[node.Shape.HasBatch ? node.Shape.Rank - 1 : 0];
        var fastest = Enumerable.Range(0, contract.Domain.Count).Where(d => lanes.Coefficients[d] != 0).OrderBy(d => Math.Abs(lanes.Coefficients[d])).ToArray();
        var inLeft = fastest.Any(d => contract.Left.Uses(d) && !contract.Right.Uses(d));
        var inRight = fastest.Any(d => contract.Right.Uses(d) && !contract.Left.Uses(d));
        return inLeft == inRight
            ? Enumerable.Range(0, contract.Domain.Count).Any(d => contract.Result.Uses(d) && contract.Right.Uses(d) && !contract.Left.Uses(d))
            : inLeft;
    }
}
