using StaticNet.Execution;

namespace StaticNet;

/// <summary>
/// Images of one size in rows and columns, to be looked at: samples, the filters of a layer, activations. Saved as a PNG file.
/// </summary>
public sealed class ImageGrid
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly int _scale;
    private readonly byte[] _pixels;

    /// <summary>A black grid.</summary>
    /// <param name="rows">Images on top of each other.</param>
    /// <param name="columns">Images side by side.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="channels">1 for grey images, 3 for red, green and blue.</param>
    /// <param name="scale">How wide and how high each value is drawn, in pixels; as much is left free around each image.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or channels that are neither 1 nor 3.</exception>
    /// <exception cref="OverflowException">The grid has more bytes than an array can.</exception>
    public ImageGrid(int rows, int columns, int height, int width, int channels = 1, int scale = 2)
    {
        Rows = Require.AtLeastOne(rows, nameof(rows));
        Columns = Require.AtLeastOne(columns, nameof(columns));
        _height = Require.AtLeastOne(height, nameof(height));
        _width = Require.AtLeastOne(width, nameof(width));
        _scale = Require.AtLeastOne(scale, nameof(scale));
        _channels = channels is 1 or 3
            ? channels
            : throw new ArgumentOutOfRangeException(nameof(channels), channels, "Images have 1 channel or 3; draw others channel by channel.");
        _pixels = new byte[checked(rows * TileHeight * RowLength)];
    }

    /// <summary>Images on top of each other.</summary>
    public int Rows { get; }

    /// <summary>Images side by side.</summary>
    public int Columns { get; }

    private int TileHeight => checked((_height + 2) * _scale);

    private int TileWidth => checked((_width + 2) * _scale);

    private int RowLength => checked(Columns * TileWidth * _channels);

    /// <summary>
    /// The filters of a convolution, [outputs, inputs, height, width]: in colour if there are three inputs, otherwise a tile for each
    /// input, in a row for each output if there is more than one. Grey is zero; black and white are minus and plus the filter's
    /// greatest magnitude.
    /// </summary>
    /// <param name="weight">As <c>network.Conv1.Weight</c>.</param>
    /// <param name="scale">How wide and how high each weight is drawn, in pixels.</param>
    /// <exception cref="ArgumentException">The parameter does not have four axes.</exception>
    public static ImageGrid Filters(ParameterView weight, int scale = 8)
    {
        if (weight.Shape is not [var outputs, var inputs, var height, var width])
        {
            throw new ArgumentException($"{weight} is no weight of a convolution over images: those have four axes.", nameof(weight));
        }

        var values = new float[weight.Length];
        weight.CopyTo(values);
        var colour = inputs == 3;
        var columns = colour || inputs == 1 ? (int)Math.Ceiling(Math.Sqrt(outputs)) : inputs;
        var tiles = colour ? outputs : outputs * inputs;
        var grid = new ImageGrid((tiles + columns - 1) / columns, columns, height, width, colour ? 3 : 1, scale);
        var (filter, tile) = (inputs * height * width, colour ? inputs * height * width : height * width);
        var image = new float[tile];
        for (var i = 0; i < tiles; i++)
        {
            var magnitude = Magnitude(values.AsSpan(i * tile / filter * filter, filter));
            var greatest = magnitude > 0 ? magnitude : 1; // a filter of zeros is grey
            ChannelsLast(values.AsSpan(i * tile, tile), image, tile / (height * width));
            grid.Draw(i / columns, i % columns, image, -greatest, greatest);
        }

        return grid;
    }

    /// <summary>
    /// What a layer gives: a row for each sample, a grey tile for each channel. White is the sample's greatest value, black zero, or
    /// its least if that is negative.
    /// </summary>
    /// <param name="activations">Height × width × channels, as <c>Forward</c> of a network that ends with the layer writes them.</param>
    /// <param name="scale">How wide and how high each value is drawn, in pixels.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static ImageGrid Activations<THeight, TWidth, TChannels>(
        ReadOnlyBatch<Shape<THeight, TWidth, TChannels>> activations, int scale = 2)
        where THeight : IDimension
        where TWidth : IDimension
        where TChannels : IDimension
    {
        if (activations.Count == 0)
        {
            throw new ArgumentException("There are no samples to draw.", nameof(activations));
        }

        var grid = new ImageGrid(activations.Count, TChannels.Size, THeight.Size, TWidth.Size, scale: scale);
        var image = new float[THeight.Size * TWidth.Size];
        for (var sample = 0; sample < grid.Rows; sample++)
        {
            var values = activations[sample];
            var (least, greatest) = Range(values);
            for (var channel = 0; channel < grid.Columns; channel++)
            {
                for (var i = 0; i < image.Length; i++)
                {
                    image[i] = values[(i * grid.Columns) + channel];
                }

                grid.Draw(sample, channel, image, least, greatest);
            }
        }

        return grid;
    }

    /// <summary>Draws an image.</summary>
    /// <param name="row">From 0, top.</param>
    /// <param name="column">From 0, left.</param>
    /// <param name="image">Height × width × channels, as samples of images are.</param>
    /// <param name="black">The value that is drawn black, as all below it.</param>
    /// <param name="white">The value that is drawn white, as all above it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public void Draw(int row, int column, ReadOnlySpan<float> image, double black = 0, double white = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
        if (image.Length != _height * _width * _channels)
        {
            throw new ArgumentException(
                $"The image has {image.Length} values, but those of this grid have {_height}×{_width}×{_channels}.", nameof(image));
        }

        for (var y = 0; y < _height * _scale; y++)
        {
            var line = _pixels.AsSpan(
                (((row * TileHeight) + _scale + y) * RowLength) + (((column * TileWidth) + _scale) * _channels),
                _width * _scale * _channels);
            for (var i = 0; i < line.Length; i++)
            {
                var (x, channel) = (i / _channels / _scale, i % _channels);
                line[i] = Level(image[(((y / _scale * _width) + x) * _channels) + channel], black, white);
            }
        }
    }

    /// <summary>Writes a PNG file; on a failure, a file that was there is still there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream => Png.Write(stream, _pixels, Columns * TileWidth, _channels));

    private static byte Level(float value, double black, double white) =>
        white > black && value > black ? (byte)Math.Round(255 * Math.Min(1, (value - black) / (white - black))) : (byte)0;

    private static float Magnitude(ReadOnlySpan<float> values)
    {
        var (least, greatest) = Range(values);
        return Math.Max(-least, greatest);
    }

    private static (float Least, float Greatest) Range(ReadOnlySpan<float> values)
    {
        var (least, greatest) = (0f, 0f);
        foreach (var value in values)
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        return (least, greatest);
    }

    /// <summary>Brings planes of values together pixel by pixel.</summary>
    private static void ChannelsLast(ReadOnlySpan<float> planes, Span<float> image, int channels)
    {
        var pixels = image.Length / channels;
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = planes[(i % channels * pixels) + (i / channels)];
        }
    }
}
