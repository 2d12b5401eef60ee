using StaticNet.Generators.IR;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>The elements of one sample of a value, numbered in row-major order; the batch does not count.</summary>
internal static class Elements
{
    /// <summary>The points of a domain, the batch's index zero, in row-major order; the array is the same each time.</summary>
    public static IEnumerable<int[]> Points(EquatableArray<Extent> domain)
    {
        var point = new int[domain.Count];
        while (true)
        {
            yield return point;
            var axis = domain.Count - 1;
            while (axis >= 0 && ++point[axis] >= (domain[axis].IsSymbol ? 1 : domain[axis].Size))
            {
                point[axis--] = 0;
            }

            if (axis < 0)
            {
                yield break;
            }
        }
    }

    /// <summary>The index of an element; the batch's is zero.</summary>
    public static int[] Index(TensorShape shape, int element)
    {
        var index = new int[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            var size = shape[axis].IsSymbol ? 1 : shape[axis].Size;
            index[axis] = element % size;
            element /= size;
        }

        return index;
    }

    /// <summary>The number of an element among those of a sample.</summary>
    public static int Position(TensorShape shape, int[] index)
    {
        var element = 0;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            element = shape[axis].IsSymbol ? element : (element * shape[axis].Size) + index[axis];
        }

        return element;
    }

    /// <summary>The element of an operand that goes with an element of a broader shape.</summary>
    public static int Broadcast(TensorShape operand, TensorShape shape, int element)
    {
        var index = Index(shape, element).Skip(shape.Rank - operand.Rank).ToArray();
        return Position(operand, [.. index.Select((i, axis) => operand[axis].IsOne ? 0 : i)]);
    }

    /// <summary>An index moved along an axis.</summary>
    public static int[] Shift(int[] index, int axis, int by)
    {
        index[axis] += by;
        return index;
    }

    /// <summary>The index before a transposition.</summary>
    public static int[] Undo(EquatableArray<int> order, int[] index)
    {
        var original = new int[index.Length];
        for (var axis = 0; axis < index.Length; axis++)
        {
            original[order[axis]] = index[axis];
        }

        return original;
    }
}
