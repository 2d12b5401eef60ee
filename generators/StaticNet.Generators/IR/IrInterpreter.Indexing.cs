namespace StaticNet.Generators.IR;

internal sealed partial class IrInterpreter
{
    private int[] Extents(TensorShape shape) => [.. shape.Extents.Select(Length)];

    private int Length(Extent extent) =>
        !extent.IsSymbol ? extent.Size
        : extent == Extent.Batch ? _batch
        : throw new InvalidOperationException($"the extent {extent} has no value");

    private (int[] Shape, double[] Values) Allocate(Node node)
    {
        var shape = Extents(node.Shape);
        return (shape, new double[Size(shape)]);
    }

    private static int Size(int[] extents) => extents.Aggregate(1, (size, extent) => checked(size * extent));

    private static int[] Strides(int[] extents)
    {
        var strides = new int[extents.Length];
        var stride = 1;
        for (var axis = extents.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= extents[axis];
        }

        return strides;
    }

    /// <summary>How far each axis of a result of the given rank steps in an operand: not at all where the operand repeats.</summary>
    private int[] BroadcastStrides(TensorShape operand, int rank)
    {
        var strides = Strides(Extents(operand));
        var missing = rank - operand.Rank;
        return [.. Enumerable.Range(0, rank).Select(axis => axis < missing || operand[axis - missing].IsOne ? 0 : strides[axis - missing])];
    }

    private static int Dot(int[] strides, int[] index)
    {
        var sum = 0;
        for (var axis = 0; axis < strides.Length; axis++)
        {
            sum += strides[axis] * index[axis];
        }

        return sum;
    }

    /// <summary>Every index of a box and its position in row order. The index is one array that changes.</summary>
    private static IEnumerable<(int[] Index, int Position)> Points(int[] extents)
    {
        var index = new int[extents.Length];
        var size = Size(extents);
        for (var position = 0; position < size; position++)
        {
            yield return (index, position);
            for (var axis = extents.Length - 1; axis >= 0 && ++index[axis] == extents[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }
}
