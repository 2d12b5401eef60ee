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

        // The last dimension is a loop of its own: where no index leaves its range on the way, three strides are all it needs.
        var last = domain.Length - 1;
        var count = domain[last];
        foreach (var (point, _) in Points([.. domain.Select((extent, d) => d == last ? Math.Min(1, extent) : extent)]))
        {
            if (left.Stays(point, last, count) && right.Stays(point, last, count) && to.Stays(point, last, count))
            {
                var (i, j, k) = (left.At(point), right.At(point), to.At(point));
                var (stepI, stepJ, stepK) = (left.Step(last), right.Step(last), to.Step(last));
                for (var n = 0; n < count; n++)
                {
                    result[k + (n * stepK)] += a[i + (n * stepI)] * b[j + (n * stepJ)];
                }

                continue;
            }

            for (var n = 0; n < count; n++)
            {
                var (i, j, k) = (left.At(point), right.At(point), to.At(point));
                if (i >= 0 && j >= 0 && k >= 0)
                {
                    result[k] += a[i] * b[j];
                }

                point[last]++;
            }

            point[last] = 0;
        }

        return result;
    }

    /// <summary>An operand as it is multiplied.</summary>
    private double[] Operand(Node node, int operand)
    {
        var elements = this[node.Operands[operand]];
        return _roundOperands?.Invoke(node) is { } round ? Array.ConvertAll(elements, element => round(element)) : elements;
    }

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

        /// <summary>How far the position moves when a dimension advances by one.</summary>
        public int Step(int dimension) =>
            Enumerable.Range(0, extents.Length).Sum(axis => _coefficients[axis][dimension] * _strides[axis]);

        /// <summary>Whether every axis stays in range from the point along a dimension; affine, so both ends tell.</summary>
        public bool Stays(int[] point, int dimension, int count)
        {
            for (var axis = 0; axis < extents.Length; axis++)
            {
                var first = _offsets[axis] + Dot(_coefficients[axis], point);
                var end = first + (_coefficients[axis][dimension] * (count - 1));
                if (Math.Min(first, end) < 0 || Math.Max(first, end) >= extents[axis])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
