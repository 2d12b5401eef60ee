namespace AutoencoderSample;

/// <summary>Digits in columns and rows, to be looked at.</summary>
internal sealed class Sheet(int columns, int rows)
{
    private const int Digit = 28;
    private const int Scale = 2;
    private const int Tile = (Digit * Scale) + 4;

    private readonly int _width = columns * Tile;
    private readonly byte[] _pixels = new byte[columns * Tile * rows * Tile];

    /// <summary>Draws a digit.</summary>
    /// <param name="digit">28×28 pixels from 0 to 1.</param>
    /// <param name="column">From 0, left.</param>
    /// <param name="row">From 0, top.</param>
    public void Draw(ReadOnlySpan<float> digit, int column, int row)
    {
        for (var y = 0; y < Digit * Scale; y++)
        {
            for (var x = 0; x < Digit * Scale; x++)
            {
                var value = digit[(y / Scale * Digit) + (x / Scale)];
                _pixels[(((row * Tile) + y + 2) * _width) + (column * Tile) + x + 2] = (byte)MathF.Round(255 * Math.Clamp(value, 0, 1));
            }
        }
    }

    public void Save(string path) => Png.Save(path, _pixels, _width);
}
