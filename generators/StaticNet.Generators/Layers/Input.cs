using StaticNet.Generators.Backends.Onnx;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>An input and the shape of its samples.</summary>
internal sealed class Input : DeclaredPart
{
    /// <summary>The most extents that the library has a type for.</summary>
    private const int MaximumRank = 6;

    private readonly Order _order;

    public Input(Arguments arguments)
        : base(arguments)
    {
        Shape = ReadShape(arguments);
        _order = arguments.Choice<Order>("Layout");
        if (_order == Order.CHW && Shape.Count != 3)
        {
            arguments.Invalid("Layout", "HWC where the shape is not channels, height, width");
            _order = Order.HWC;
        }
    }

    /// <summary>The library's <c>Layout</c>, number by number.</summary>
    internal enum Order { HWC, CHW }

    /// <summary>The extents as declared: what users give.</summary>
    public EquatableArray<int> Shape { get; }

    /// <summary>The extents as layers see them, channels last.</summary>
    public EquatableArray<int> ValueShape => _order == Order.CHW ? [Shape[1], Shape[2], Shape[0]] : Shape;

    /// <summary>The value that layers take.</summary>
    public Node Lower(GraphBuilder builder, Node input) => _order == Order.CHW ? builder.Transpose(input, 0, 2, 3, 1) : input;

    /// <summary>The same in ONNX: the order that users give is the graph's.</summary>
    public OnnxValue ToOnnx(string name) => new(name, ValueShape, _order == Order.CHW);

    /// <summary>Reads the extents of a sample.</summary>
    public static EquatableArray<int> ReadShape(Arguments arguments)
    {
        var shape = arguments.Integers("shape");
        if (shape.Count == 0)
        {
            arguments.Report(Rules.InvalidArgument, -1, arguments.Kind, "shape", "empty", "at least one extent");
        }

        for (var axis = 0; axis < shape.Count; axis++)
        {
            if (shape[axis] < 1)
            {
                arguments.Invalid("shape", "at least 1", axis);
            }
        }

        if (shape.Count > MaximumRank)
        {
            arguments.Report(
                Rules.InvalidArgument, arguments.PositionOf("shape", MaximumRank), arguments.Kind, "shape", $"{shape.Count} extents", $"at most {MaximumRank} extents");
            shape = [.. shape.Take(MaximumRank)];
        }

        shape = shape.Count == 0 ? [1] : [.. shape.Select(extent => Math.Max(extent, 1))];
        if (shape.IsCountable())
        {
            return shape;
        }

        arguments.TooLarge(-1, shape.ToText(), shape.CountElements());
        return [1];
    }
}
