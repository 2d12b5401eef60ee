using System.Globalization;

namespace EdgeDigitsSample;

/// <summary>Reads images of 28 × 28 pixels, as values from 0 (dark) to 1 (bright).</summary>
internal static class DigitImages
{
    /// <summary>Pixels on a side.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image.</summary>
    public const int Pixels = Side * Side;

    /// <summary>Reads a portable graymap, which has one image, or a raw file of 784 bytes for each.</summary>
    /// <returns>784 values for each image, row by row.</returns>
    /// <exception cref="InvalidDataException">The file is neither, or is damaged, or its images have another size.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static float[] Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        try
        {
            return bytes is [(byte)'P', (byte)'2' or (byte)'5', ..] ? ReadGraymap(bytes) : ReadRaw(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private static float[] ReadRaw(byte[] bytes) =>
        bytes.Length > 0 && bytes.Length % Pixels == 0
            ? Array.ConvertAll(bytes, pixel => pixel / 255f)
            : throw new InvalidDataException(
                $"It begins with neither P5 nor P2, so it is no PGM file, and it has {bytes.Length} bytes, no multiple of {Pixels}, so it is not raw.");

    // https://netpbm.sourceforge.net/doc/pgm.html
    private static float[] ReadGraymap(byte[] bytes)
    {
        var position = 2;
        var (width, height, white) = (Number("width"), Number("height"), Number("brightest value"));
        if ((width, height) != (Side, Side))
        {
            throw new InvalidDataException($"The image has {width} × {height} pixels, but {Side} × {Side} are needed.");
        }

        if (white is 0 or > 65535)
        {
            throw new InvalidDataException($"The brightest value is {white}, but must be from 1 to 65535.");
        }

        var image = new float[Pixels];
        var size = white < 256 ? 1 : 2;
        if (bytes[1] == '5')
        {
            // One white space, then binary numbers, the higher byte first.
            position++;
            if (bytes.Length - position != Pixels * size)
            {
                throw new InvalidDataException(
                    $"{Pixels * size} bytes of pixels should follow the header, but {Math.Max(0, bytes.Length - position)} do.");
            }
        }

        for (var i = 0; i < Pixels; i++)
        {
            var value = bytes[1] == '2' ? Number("pixel") : size == 1 ? bytes[position++] : (bytes[position++] << 8) + bytes[position++];
            image[i] = value <= white
                ? value / (float)white
                : throw new InvalidDataException($"Pixel {i} is {value}, brighter than the brightest value, {white}.");
        }

        return image;

        // Numbers are separated by white space, and by comments from # to the end of the line.
        int Number(string what)
        {
            var comment = false;
            while (position < bytes.Length && (comment || bytes[position] == '#' || char.IsWhiteSpace((char)bytes[position])))
            {
                comment = bytes[position] == '#' || (comment && bytes[position] != '\n');
                position++;
            }

            var start = position;
            while (position < bytes.Length && char.IsAsciiDigit((char)bytes[position]))
            {
                position++;
            }

            return int.TryParse(bytes.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new InvalidDataException($"Byte {start} should begin a number, the {what}.");
        }
    }
}
