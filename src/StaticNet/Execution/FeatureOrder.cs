using System.ComponentModel;
using System.Globalization;

namespace StaticNet.Execution;

/// <summary>
/// Where the features along an axis of a parameter lie. PyTorch counts those of a flattened image channel by channel and place by place in
/// each, because its images are channels first; here images are channels last, and features are counted place by place. Features of
/// several values in a row, which a concatenation makes, are as many parts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FeatureOrder
{
    private readonly (int Channels, int Places)[] _parts;

    /// <summary>Features in the order that both have: those of no image.</summary>
    public FeatureOrder(int features)
        : this((features, 1))
    {
    }

    /// <summary>Features of images one after the other; what is no image has one place.</summary>
    public FeatureOrder(params (int Channels, int Places)[] parts)
    {
        _parts = parts;
        var length = 0;
        foreach (var (channels, places) in parts)
        {
            length += channels * places;
        }

        Length = length;
    }

    /// <summary>Features in the order that a text says, as <see cref="ToString"/> writes it.</summary>
    /// <exception cref="FormatException">The text says nothing of the kind.</exception>
    public static FeatureOrder Parse(string text)
    {
        return new FeatureOrder(Array.ConvertAll(text.Split('+'), Part));

        static (int Channels, int Places) Part(string part)
        {
            var numbers = Array.ConvertAll(part.Split('x'), number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
            return numbers.Length switch
            {
                1 => (numbers[0], 1),
                2 => (numbers[0], numbers[1]),
                _ => throw new FormatException($"'{part}' should be channels, or channels and places with an x between them."),
            };
        }
    }

    /// <summary>Features in all.</summary>
    public int Length { get; }

    /// <summary>Where the feature lies that PyTorch counts as this one.</summary>
    public int Position(int feature)
    {
        var first = 0;
        foreach (var (channels, places) in _parts)
        {
            var own = feature - first;
            if (own < channels * places)
            {
                return first + (own % places * channels) + (own / places);
            }

            first += channels * places;
        }

        throw new ArgumentOutOfRangeException(nameof(feature), feature, $"There are {Length} features.");
    }

    /// <summary>Channels and places of each part: <c>64x25+10</c>.</summary>
    public override string ToString() => string.Join("+", Array.ConvertAll(_parts, part => part.Places == 1 ? $"{part.Channels}" : $"{part.Channels}x{part.Places}"));

    /// <summary>Where all of them lie, in PyTorch's order.</summary>
    public int[] Positions()
    {
        var positions = new int[Length];
        for (var feature = 0; feature < positions.Length; feature++)
        {
            positions[feature] = Position(feature);
        }

        return positions;
    }
}
