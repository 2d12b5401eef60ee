using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>What some dimensions of a domain contribute to where an element lies; two of them together say it.</summary>
/// <param name="Offset">Elements.</param>
/// <param name="Row">The row in a panel of weights.</param>
/// <param name="Width">Elements of a row in the panel, where this part knows which panel it is; null where it does not.</param>
/// <param name="Indices">What it contributes to the indices along <see cref="TensorAccess.CheckedAxes"/>.</param>
/// <param name="IsInside">Whether the dimensions are within their extents; null when they are.</param>
internal sealed record AccessPart(PtxValue Offset, PtxValue Row, PtxValue? Width, PtxValue[] Indices, PtxValue? IsInside)
{
    /// <summary>What no dimensions contribute.</summary>
    public static readonly AccessPart None = new(0, 0, null, [], null);
}

/// <summary>Where elements of a tensor lie, by points of a contraction's domain.</summary>
internal sealed class TensorAccess
{
    private readonly PtxWriter _writer;
    private readonly AffineMap _map;
    private readonly int[] _strides;
    private readonly int _outputs;
    private readonly int _columns;

    public TensorAccess(PtxWriter writer, Node node, Placement placement, AffineMap map, IReadOnlyList<Extent> domain)
    {
        (_writer, _map, Node, Map) = (writer, map, node, map);
        IsPanels = !node.Shape.HasBatch && node.Shape.Rank > 1;
        _outputs = IsPanels ? node.Shape[0].Size : 0;
        _columns = IsPanels ? node.Shape.ConstantSize / _outputs : 0;
        _strides = new int[node.Shape.Rank];
        if (IsPanels)
        {
            // A row of a panel for each cell of the window and each input in it.
            var rows = node.Shape[1].Size;
            _strides[1] = 1;
            for (var axis = node.Shape.Rank - 1; axis >= 2; axis--)
            {
                (_strides[axis], rows) = (rows, rows * node.Shape[axis].Size);
            }
        }
        else
        {
            var stride = placement.StrideOf(node);
            for (var axis = node.Shape.Rank - 1; axis >= 0; axis--)
            {
                _strides[axis] = axis == node.Shape.Rank - 1 ? 1 : stride;
                stride *= axis == node.Shape.Rank - 1 || node.Shape[axis].IsSymbol ? 1 : node.Shape[axis].Size;
            }

            IsAligned = placement.StrideOf(node) % 4 == 0;
        }

        CheckedAxes = [.. Enumerable.Range(0, node.Shape.Rank).Where(axis => !node.Shape[axis].IsSymbol && MayLeave(map.Indices[axis], node.Shape[axis].Size, domain))];
    }

    public Node Node { get; }

    public AffineMap Map { get; }

    /// <summary>Whether it is weights, which lie in panels.</summary>
    public bool IsPanels { get; }

    /// <summary>Whether rows begin where 16 bytes may be read at once; panels do.</summary>
    public bool IsAligned { get; } = true;

    /// <summary>Axes along which some points are outside of the tensor.</summary>
    public IReadOnlyList<int> CheckedAxes { get; }

    /// <summary>Elements from a point to the next along a dimension; zero when it is not constant.</summary>
    public int StrideOf(int dimension)
    {
        if (IsPanels)
        {
            return _map.Indices[0].Coefficients[dimension] == 1 ? 1 : 0;
        }

        return Enumerable.Range(0, _strides.Length).Sum(axis => _map.Indices[axis].Coefficients[dimension] * _strides[axis]);
    }

    /// <summary>Whether all dimensions but one move by whole groups of four elements.</summary>
    public bool IsAlignedBut(int dimension) => IsPanels
        ? _map.Indices[0].Offset % 4 == 0 && _map.Indices[0].Coefficients.Where((_, d) => d != dimension).All(c => c % 4 == 0)
        : Enumerable.Range(0, _map.Indices[0].Coefficients.Count).Where(d => d != dimension).All(d => StrideOf(d) % 4 == 0)
            && Enumerable.Range(0, _strides.Length).Sum(axis => _map.Indices[axis].Offset * _strides[axis]) % 4 == 0;

    /// <summary>Whether a dimension moves along an axis that is checked.</summary>
    public bool IsChecked(int dimension) => CheckedAxes.Any(axis => _map.Indices[axis].Coefficients[dimension] != 0);

    /// <summary>
    /// Values that are the same for a whole block. Which output of weights an element is of, panels must know in one piece: these are added
    /// where the others are known.
    /// </summary>
    public IReadOnlyDictionary<int, PtxValue> Group { get; set; } = new Dictionary<int, PtxValue>();

    /// <summary>What dimensions with known values contribute.</summary>
    /// <param name="values">The values by their numbers in the domain.</param>
    /// <param name="withOffsets">Whether constants of the map are added: by one of the parts.</param>
    /// <param name="isInside">Whether the values are within their extents.</param>
    public AccessPart Part(IReadOnlyDictionary<int, PtxValue> values, bool withOffsets, PtxValue? isInside)
    {
        var indices = Enumerable.Range(0, _strides.Length).Select(axis => Index(axis, values, withOffsets)).ToArray();
        PtxValue offset = 0, row = 0;
        PtxValue? width = null;
        for (var axis = 0; axis < _strides.Length; axis++)
        {
            if (!IsPanels)
            {
                offset = _writer.MultiplyAdd(indices[axis], _strides[axis], offset);
            }
            else if (axis > 0)
            {
                row = _writer.MultiplyAdd(indices[axis], _strides[axis], row);
            }
        }

        if (IsPanels && (values.Keys.Any(d => _map.Indices[0].Coefficients[d] != 0) || (withOffsets && IsOutputOfGroup)))
        {
            // Panels of 32 outputs, the last as narrow as 16.
            var output = _writer.Add(indices[0], Index(0, Group, withOffsets: false));
            var first = _writer.And(output, unchecked((uint)-Padding.PanelWidth));
            offset = _writer.MultiplyAdd(first, _columns, _writer.And(output, Padding.PanelWidth - 1));
            width = WidthOf(output);
        }
        else if (IsPanels && _map.Indices[0].Coefficients.All(c => c == 0))
        {
            width = WidthOf(0);
        }

        return new AccessPart(offset, row, width, [.. CheckedAxes.Select(axis => indices[axis])], isInside);
    }

    /// <summary>The element that two parts say, and whether it is there; null when it always is.</summary>
    public (PtxValue Offset, PtxValue? IsInside) Combine(AccessPart a, AccessPart b)
    {
        var offset = _writer.Add(a.Offset, b.Offset);
        if (IsPanels)
        {
            offset = _writer.MultiplyAdd(_writer.Add(a.Row, b.Row), (a.Width ?? b.Width)!.Value, offset);
        }

        var inside = _writer.Both(a.IsInside, b.IsInside);
        for (var i = 0; i < CheckedAxes.Count; i++)
        {
            // What is below zero is far above as an unsigned number.
            var index = _writer.Add(a.Indices[i], b.Indices[i]);
            inside = _writer.Both(inside, _writer.Compare(PtxComparison.Less, index, Node.Shape[CheckedAxes[i]].Size));
        }

        return (offset, inside);
    }

    /// <summary>Whether a whole block has one and the same output, as where each group has one.</summary>
    private bool IsOutputOfGroup => Group.Keys.Any(d => _map.Indices[0].Coefficients[d] != 0)
        && Enumerable.Range(0, _map.Indices[0].Coefficients.Count).All(d => Group.ContainsKey(d) || _map.Indices[0].Coefficients[d] == 0);

    private PtxValue WidthOf(PtxValue output)
    {
        var (last, width) = ((Padding.Panels(_outputs) - 1) * Padding.PanelWidth, Padding.LastPanelWidth(_outputs));
        return width == Padding.PanelWidth ? width
            : last == 0 ? width
            : _writer.Select(_writer.Compare(PtxComparison.Less, output, last), Padding.PanelWidth, width);
    }

    private PtxValue Index(int axis, IReadOnlyDictionary<int, PtxValue> values, bool withOffsets)
    {
        PtxValue index = withOffsets ? _map.Indices[axis].Offset : 0;
        foreach (var pair in values)
        {
            if (_map.Indices[axis].Coefficients[pair.Key] is not 0 and var coefficient)
            {
                index = _writer.MultiplyAdd(pair.Value, coefficient, index);
            }
        }

        return index;
    }

    private static bool MayLeave(AffineIndex index, int size, IReadOnlyList<Extent> domain)
    {
        var (least, most) = (index.Offset, index.Offset);
        for (var d = 0; d < domain.Count; d++)
        {
            var reach = index.Coefficients[d] * (domain[d].Size - 1);
            (least, most) = (least + Math.Min(0, reach), most + Math.Max(0, reach));
        }

        return least < 0 || most >= size;
    }
}
