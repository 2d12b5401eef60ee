using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>
/// A contraction with the number one that sums each element and its neighbours along the last axis:
/// <c>y[…, c] = Σ x[…, c − Before … c + After]</c>, zeros outside. Its gradient is one too.
/// </summary>
internal sealed record ChannelWindow(Node X, int Before, int After)
{
    /// <summary>Recognises such a contraction; null for others.</summary>
    public static ChannelWindow? Of(Node node)
    {
        if (node.Operation is not ContractOperation contract
            || node.Operands[1].Operation is not ConstantOperation { Value: 1 }
            || node.Operands[0].Shape != node.Shape
            || !node.Shape.HasBatch)
        {
            return null;
        }

        var (last, cells) = (node.Shape.Rank - 1, contract.Domain.Count - 1);
        var (from, to) = (contract.Left.Indices, contract.Result.Indices);
        var leading = Enumerable.Range(0, last).All(axis => from[axis] == to[axis] && from[axis].Dimension == axis);
        if (!leading || cells != last + 1 || from[last].Coefficients[last] != 1 || to[last].Coefficients[last] != 1)
        {
            return null;
        }

        // From the place that is read to the one that is written it is so far, one step for each cell.
        var step = from[last].Coefficients[cells] - to[last].Coefficients[cells];
        var first = from[last].Offset - to[last].Offset;
        var end = first + (step * (contract.Domain[cells].Size - 1));
        var (low, high) = (Math.Min(first, end), Math.Max(first, end));
        return Math.Abs(step) == 1 && low <= 0 && high >= 0 ? new(node.Operands[0], -low, high) : null;
    }
}
