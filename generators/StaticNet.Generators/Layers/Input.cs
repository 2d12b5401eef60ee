using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>An input and the shape of its samples.</summary>
internal sealed class Input : DeclaredPart
{
    /// <summary>The most extents that the library has a type for.</summary>
    private const int MaximumRank = 6;

    public Input(Arguments arguments)
        : base(arguments)
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

        Shape = shape.Count == 0 ? [1] : [.. shape.Select(extent => Math.Max(extent, 1))];
        if (!Shape.IsCountable())
        {
            arguments.TooLarge(-1, Shape.ToText(), Shape.CountElements());
            Shape = [1];
        }
    }

    public EquatableArray<int> Shape { get; }
}
