using StaticNet.Generators.IR;

namespace StaticNet.Generators.Passes;

/// <summary>A contraction, or a part of its result that no term adds to and that is zero.</summary>
internal sealed record GatherPart(ContractOperation Contract, bool IsZero);

/// <summary>
/// Contractions that scatter, as a convolution's input gradient and a transposed convolution do, as contractions that gather: one for
/// each remainder of the strides, and together they make each element of the result once. With <c>y = s·p + d·k + o</c> along an axis, the
/// elements <c>y = s·q + r</c> come from the cells k for which <c>r − o − d·k</c> divides by s, at the places <c>p = q + (r − o − d·k) / s</c>.
/// </summary>
internal static class GatherForm
{
    /// <param name="node">A contraction.</param>
    public static IReadOnlyList<GatherPart> Of(Node node)
    {
        IReadOnlyList<GatherPart> parts = [new((ContractOperation)node.Operation, IsZero: false)];
        for (var axis = 0; axis < node.Shape.Rank && node.Shape.HasBatch; axis++)
        {
            var (at, size) = (axis, node.Shape[axis]);
            parts = [.. parts.SelectMany(part => Along(node, part, at, size))];
        }

        return parts;
    }

    /// <summary>Along an axis of which a single element is made, as by windows of one cell at one place: those before and behind it are zero.</summary>
    private static IEnumerable<GatherPart> AtOneIndex(GatherPart part, int axis, int size)
    {
        yield return part;
        var at = part.Contract.Result.Indices[axis].Offset;
        foreach (var (start, count) in new[] { (0, at), (at + 1, size - at - 1) })
        {
            if (count > 0)
            {
                var rank = part.Contract.Domain.Count + 1;
                AffineMap Wider(AffineMap map) => new([.. map.Indices.Select(i => new AffineIndex(new([.. i.Coefficients, 0]), i.Offset))]);
                var rest = AffineIndex.Of(rank - 1, rank).Times(1, start);
                var result = new AffineMap([.. Wider(part.Contract.Result).Indices.Select((index, i) => i == axis ? rest : index)]);
                yield return new(new ContractOperation(new([.. part.Contract.Domain, count]), Wider(part.Contract.Left), Wider(part.Contract.Right), result), IsZero: true);
            }
        }
    }

    private static IEnumerable<GatherPart> Along(Node node, GatherPart part, int axis, Extent size)
    {
        var contract = part.Contract;
        var index = contract.Result.Indices[axis];
        var dimensions = Enumerable.Range(0, contract.Domain.Count).Where(d => index.Coefficients[d] != 0).ToArray();
        var kernelMap = node.Operands[0].Shape.HasBatch ? contract.Right : contract.Left;
        var isWhole = index.Dimension >= 0 && contract.Domain[index.Dimension] == size;
        if (dimensions.Length == 0 && !size.IsSymbol)
        {
            return AtOneIndex(part, axis, size.Size);
        }

        if (isWhole || dimensions.Length is 0 or > 2 || (dimensions.Length == 2 && dimensions.All(kernelMap.Uses)))
        {
            // Plain, or channels as groups of channels.
            return [part];
        }

        // Along an axis of a single place the cells are the places, and some may lie outside.
        var place = dimensions.Length == 1 ? dimensions[0] : dimensions.Single(d => !kernelMap.Uses(d));
        var cell = dimensions.Where(d => d != place).DefaultIfEmpty(-1).First();
        var stride = index.Coefficients[place];
        return Enumerable.Range(0, Math.Min(stride, size.Size)).Select(remainder => Residue(remainder));

        GatherPart Residue(int remainder)
        {
            var step = cell < 0 ? 0 : index.Coefficients[cell];
            var cells = Enumerable.Range(0, cell < 0 ? 1 : contract.Domain[cell].Size)
                .Where(k => (remainder - index.Offset - (step * k)) % stride == 0).ToArray();
            var (first, apart) = (cells.FirstOrDefault(), cells.Length > 1 ? cells[1] - cells[0] : 1);
            var domain = contract.Domain.ToArray();
            domain[place] = (size.Size - remainder + stride - 1) / stride;
            if (cell >= 0)
            {
                domain[cell] = Math.Max(1, cells.Length);
            }

            var start = (remainder - index.Offset - (step * first)) / stride;
            return new(
                new ContractOperation(new(domain), Moved(contract.Left), Moved(contract.Right), new(
                    [.. contract.Result.Indices.Select((other, i) => i == axis ? AffineIndex.Of(place, domain.Length).Times(stride, remainder) : other)])),
                part.IsZero || cells.Length == 0);

            // Places and cells by what they are now: p = q + start − j · apart · step / stride, k = first + j · apart.
            AffineMap Moved(AffineMap map) => new([.. map.Indices.Select(i =>
            {
                var coefficients = i.Coefficients.ToArray();
                var (ofPlace, ofCell) = (coefficients[place], cell < 0 ? 0 : coefficients[cell]);
                if (cell >= 0)
                {
                    coefficients[cell] = (ofCell * apart) - (ofPlace * apart * step / stride);
                }

                return new AffineIndex(new(coefficients), i.Offset + (ofPlace * start) + (ofCell * first));
            })]);
        }
    }
}
