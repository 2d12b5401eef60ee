using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// A trained tensor in PyTorch's shape and order, wherever and however the network stores it. A view: it shows what the network has now,
/// and writing to it changes the network. It is valid as long as the network is not disposed.
/// </summary>
public readonly struct ParameterView
{
    private readonly nint _address;
    private readonly ParameterLayout _layout;
    private readonly int[] _shape;

    internal ParameterView(string name, int[] shape, nint address, ParameterLayout layout)
    {
        Name = name;
        _shape = shape;
        _address = address;
        _layout = layout;
    }

    /// <summary>As saved: <c>dense1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The extents: [outputs, inputs] for a dense weight, [outputs] for a bias.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Elements.</summary>
    public int Length => _layout.Rows * _layout.Columns;

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentException">There are not as many indices as axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public float this[params ReadOnlySpan<int> indices]
    {
        get => At(Flatten(indices));
        set => At(Flatten(indices)) = value;
    }

    /// <summary>Copies all elements out, in row-major order of <see cref="Shape"/>.</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = At(i);
        }
    }

    /// <summary>Sets all elements, in row-major order of <see cref="Shape"/>.</summary>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            At(i) = source[i];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", _shape)}]";

    private unsafe ref float At(int element)
    {
        var (row, column) = Math.DivRem(element, _layout.Columns);
        return ref ((float*)_address)[_layout.Index(row, column)];
    }

    private int Flatten(ReadOnlySpan<int> indices)
    {
        if (indices.Length != _shape.Length)
        {
            throw new ArgumentException($"{this} has {_shape.Length} axes, but {indices.Length} indices were given.", nameof(indices));
        }

        var element = 0;
        for (var axis = 0; axis < indices.Length; axis++)
        {
            if ((uint)indices[axis] >= (uint)_shape[axis])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[axis], $"{this}: the index of axis {axis} must be 0 to {_shape[axis] - 1}.");
            }

            element = (element * _shape[axis]) + indices[axis];
        }

        return element;
    }

    private void CheckLength(int length)
    {
        if (length != Length)
        {
            throw new ArgumentException($"{this} has {Length} elements, but the span has {length}.");
        }
    }
}
