namespace StaticNet.Generators.IR;

internal sealed partial class IrInterpreter
{
    private double[] Contract(Node node, ContractOperation contract)
    {
        var (shape, result) = Allocate(node);
        var (a, b) = (Operand(node, 0), Operand(node, 1));
        var domain = Extents(new TensorShape(contract.Domain));
        var left = new Access(contract.Left, Extents(node.Operands[0].Shape));
        var right = new Access(contract.Right, Extents(node.Operands[1].Shape));
        var to = new Access(contract.Result, shape);

        // Dimensions that never lead out of a tensor are loops over strides, the longest innermost; the others are gone through point by point.
        bool IsPlain(int d) => left.IsPlain(d, domain[d]) && right.IsPlain(d, domain[d]) && to.IsPlain(d, domain[d]);
        var lines = Enumerable.Range(0, domain.Length).Where(IsPlain).OrderBy(d => domain[d])
            .Select(d => new Line(domain[d], left.Step(d), right.Step(d), to.Step(d))).ToArray();
        foreach (var (point, _) in Points([.. domain.Select((extent, d) => IsPlain(d) ? Math.Min(1, extent) : extent)]))
        {
            var (i, j, k) = (left.At(point), right.At(point), to.At(point));
            if (i >= 0 && j >= 0 && k >= 0)
            {
                AddProducts(0, i, j, k);
            }
        }

        return result;

        void AddProducts(int depth, int i, int j, int k)
        {
            if (depth == lines.Length)
            {
                result[k] += a[i] * b[j];
                return;
            }

            var line = lines[depth];
            if (depth < lines.Length - 1)
            {
                for (var n = 0; n < line.Count; n++)
                {
                    AddProducts(depth + 1, i + (n * line.Left), j + (n * line.Right), k + (n * line.Result));
                }

                return;
            }

            for (var n = 0; n < line.Count; n++)
            {
                result[k + (n * line.Result)] += a[i + (n * line.Left)] * b[j + (n * line.Right)];
            }
        }
    }

    /// <summary>An operand as it is multiplied.</summary>
    private double[] Operand(Node node, int operand)
    {
        var elements = this[node.Operands[operand]];
        return _roundOperands?.Invoke(node) is { } round ? Array.ConvertAll(elements, element => round(element)) : elements;
    }

    /// <summary>A dimension as a loop: how often, and how far positions move each time.</summary>
    private readonly record struct Line(int Count, int Left, int Right, int Result);

    /// <summary>An affine map into a tensor of known extents.</summary>
    private sealed class Access(AffineMap map, int[] extents)
    {
        private readonly int[][] _coefficients = [.. map.Indices.Select(index => index.Coefficients.ToArray())];
        private readonly int[] _offsets = [.. map.Indices.Select(index => index.Offset)];
        private readonly int[] _strides = Strides(extents);

        /// <summary>The position that a point of the domain maps to, or -1 outside the tensor.</summary>
        public int At(int[] point)
        {
            var position = 0;
            for (var axis = 0; axis < extents.Length; axis++)
            {
                var index = _offsets[axis] + Dot(_coefficients[axis], point);
                if (index < 0 || index >= extents[axis])
                {
                    return -1;
                }

                position += index * _strides[axis];
            }

            return position;
        }

        /// <summary>Whether a dimension of some extent is by itself and within the tensor wherever an index has it.</summary>
        public bool IsPlain(int dimension, int extent) => Enumerable.Range(0, extents.Length).All(axis => _coefficients[axis][dimension] switch
        {
            0 => true,
            1 => _offsets[axis] == 0 && _coefficients[axis].Sum(Math.Abs) == 1 && extent <= extents[axis],
            _ => false,
        });

        /// <summary>How far the position moves when a dimension advances by one.</summary>
        public int Step(int dimension) =>
            Enumerable.Range(0, extents.Length).Sum(axis => _coefficients[axis][dimension] * _strides[axis]);
    }
}
