using System.Globalization;
using System.Numerics;

namespace StaticNet.Conformance;

/// <summary>A named tensor of a vector file, row-major.</summary>
/// <param name="Name">Name to report it by.</param>
/// <param name="Shape">Extents, the batch first where there is one; empty for a scalar.</param>
/// <param name="Values">All elements, the last dimension fastest.</param>
public sealed record VectorTensor<T>(string Name, IReadOnlyList<int> Shape, T[] Values)
    where T : struct, INumber<T>
{
    /// <summary>The element of a tensor that has only one, such as a loss.</summary>
    public T Scalar => Values.Length == 1 ? Values[0] : throw new InvalidOperationException($"{Name} is no scalar.");

    /// <summary>The part at one index of the first dimension: step k of a trajectory, sample b of a batch.</summary>
    public VectorTensor<T> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Shape.Count == 0 ? 0 : Shape[0]);
        var size = Values.Length / Shape[0];
        return new($"{Name}[{index}]", [.. Shape.Skip(1)], Values[(index * size)..((index + 1) * size)]);
    }

    /// <summary>The difference from a tensor of the same size, element by element: an update from what was before it.</summary>
    public VectorTensor<T> Minus(VectorTensor<T> other)
    {
        if (other.Values.Length != Values.Length)
            throw new ArgumentException($"{Name} has {Values.Length} elements, {other.Name} {other.Values.Length}.", nameof(other));
        return new($"{Name} − {other.Name}", Shape, [.. Values.Zip(other.Values, (left, right) => left - right)]);
    }

    /// <summary>Writes a flat index in the tensor's dimensions, as in <c>[3, 17]</c>.</summary>
    public string Position(int index)
    {
        var position = new string[Shape.Count];
        for (var axis = Shape.Count - 1; axis >= 0; axis--)
        {
            position[axis] = (index % Shape[axis]).ToString(CultureInfo.InvariantCulture);
            index /= Shape[axis];
        }
        return $"[{string.Join(", ", position)}]";
    }
}
