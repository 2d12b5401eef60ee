using System.Runtime.InteropServices;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// A trained tensor in PyTorch's shape and order, wherever and however the network stores it. A view: it shows what the network has now,
/// and writing to it changes the network. It ends with the network: afterwards its values cannot be had any more.
/// </summary>
public readonly struct ParameterView
{
    private readonly AlignedMemory _memory;
    private readonly long _offset;
    private readonly ParameterLayout _layout;
    private readonly int[] _shape;
    private readonly NetworkCore? _network;

    internal ParameterView(string name, int[] shape, AlignedMemory memory, long offset, ParameterLayout layout, NetworkCore? network = null)
    {
        Name = name;
        _shape = shape;
        _memory = memory;
        _offset = offset;
        _layout = layout;
        _network = network;
    }

    /// <summary>As saved: <c>dense1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The extents: [outputs, inputs] for a dense weight, [outputs] for a bias.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Elements.</summary>
    public int Length => _layout.Rows * _layout.Columns;

    /// <summary>One element, by its index on each axis of <see cref="Shape"/>.</summary>
    /// <exception cref="ArgumentException">There are not as many indices as axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public float this[params ReadOnlySpan<int> indices]
    {
        get
        {
            _network?.LookAtParameters();
            var value = Values[Index(indices)];
            GC.KeepAlive(_memory);
            return value;
        }

        set
        {
            var index = Index(indices);
            _network?.TouchParameters();
            Values[index] = value;
            GC.KeepAlive(_memory);
        }
    }

    /// <summary>Copies all elements out, in row-major order of <see cref="Shape"/>.</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length);
        _network?.LookAtParameters();
        Tensor.CopyTo(destination);
        GC.KeepAlive(_memory);
    }

    /// <summary>Sets all elements, in row-major order of <see cref="Shape"/>.</summary>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        CheckLength(source.Length);
        _network?.TouchParameters();
        Tensor.CopyFrom(source);
        GC.KeepAlive(_memory);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", _shape)}]";

    // The parameter as it lies in memory. Whoever uses it keeps the memory alive meanwhile.
    private Span<float> Values => MemoryMarshal.CreateSpan(ref Address.ToRef(Tensor.Storage), checked((int)_layout.Length));

    private StoredTensor Tensor => new(Name, _shape, _layout, _memory.Address + (nint)(_offset * sizeof(float)));

    private int Index(ReadOnlySpan<int> indices)
    {
        if (indices.Length != _shape.Length)
            throw new ArgumentException($"{this} has {_shape.Length} axes, but {indices.Length} indices were given.", nameof(indices));

        var element = 0;
        for (var axis = 0; axis < indices.Length; axis++)
        {
            var (index, extent) = (indices[axis], _shape[axis]);
            if ((uint)index >= (uint)extent)
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"{this}: the index on axis {axis} is 0 to {extent - 1}.");
            element = (element * extent) + index;
        }
        return (int)_layout.Index(element / _layout.Columns, element % _layout.Columns);
    }

    private void CheckLength(int length)
    {
        if (length != Length) throw new ArgumentException($"{this} has {Length} elements, but the span has {length}.");
    }
}
