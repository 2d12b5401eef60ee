using System.ComponentModel;

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
