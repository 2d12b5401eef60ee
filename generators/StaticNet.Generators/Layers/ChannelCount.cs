using System.Globalization;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.IR;

namespace StaticNet.Generators.Layers;

/// <summary>How many features or channels a layer gives: a number, or in proportion to those it gets, the last axis.</summary>
internal sealed class ChannelCount
{
    private readonly Arguments _arguments;
    private readonly string _name;
    private readonly int _count;
    private readonly Proportion? _proportion;

    private ChannelCount(Arguments arguments, string name)
    {
        _arguments = arguments;
        _name = arguments.Has("width") ? "width" : name;
        _proportion = arguments.Has("width") ? arguments.Choice<Proportion>("width") : null;
        _count = arguments.Positive(name);
    }

    /// <summary>The library's <c>Width</c>, number by number.</summary>
    internal enum Proportion { Quarter, Half, Same, Double, Quadruple }

    /// <summary>Reads the argument of this name, or <c>width</c> in its place.</summary>
    public static ChannelCount Read(Arguments arguments, string name) => new(arguments, name);

    /// <summary>Where the number was written.</summary>
    public int Position => _arguments.PositionOf(_name);

    /// <summary>The number for what the layer gets; null, reported, when that cannot be divided or is too large.</summary>
    public int? For(Value x)
    {
        var channels = x.Shape[x.Shape.Count - 1];
        var divisor = _proportion switch { Proportion.Quarter => 4, Proportion.Half => 2, _ => 1 };
        if (channels % divisor != 0)
        {
            _arguments.Report(
                Rules.ShapeMismatch, Position, x.Source, _arguments.Text,
                $"a last axis that {divisor.ToString(CultureInfo.InvariantCulture)} divides", x.Text, x.Shape.ToText());
            return null;
        }

        var count = Scale(channels);
        if (count > int.MaxValue)
        {
            _arguments.TooLarge(Position, $"{channels.ToString(CultureInfo.InvariantCulture)}×{count / channels}", count);
            return null;
        }

        return (int)count;
    }

    /// <summary>The number that is meant probably, for a shape that is wrong or unknown; null when nothing can be said.</summary>
    public int? Guess(EquatableArray<int>? shape) =>
        _proportion is null ? _count
        : shape is { Count: > 0 } x ? (int)Math.Min(Math.Max(Scale(x[x.Count - 1]), 1), int.MaxValue)
        : null;

    private long Scale(long channels) => _proportion switch
    {
        null => _count,
        Proportion.Quarter => channels / 4,
        Proportion.Half => channels / 2,
        Proportion.Double => channels * 2,
        Proportion.Quadruple => channels * 4,
        _ => channels,
    };
}
