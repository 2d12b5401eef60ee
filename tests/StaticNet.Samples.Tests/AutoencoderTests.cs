using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace StaticNet.Samples.Tests;

public sealed class AutoencoderTests(DigitFiles digits) : IClassFixture<DigitFiles>
{
    private const int Width = 1200;
    private const int Height = 120;

    [Fact]
    public async Task Picture_shows_digits_over_their_reconstructions()
    {
        var run = await Sample.Run("Autoencoder", digits["picture.png"], digits.Folder);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var error = double.Parse(run.Output[^1].Split(' ')[^1], CultureInfo.InvariantCulture);
        Assert.InRange(error, 0.05, 0.2);

        var pixels = Pixels(File.ReadAllBytes(digits["picture.png"]));
        var images = DigitFiles.First("t10k-images-idx3-ubyte.gz", 20, headerBytes: 16, sampleBytes: 784).AsSpan(16);
        var squares = 0.0;
        for (var i = 0; i < images.Length; i++)
        {
            var (digit, y, x) = (i / 784, i % 784 / 28, i % 28);
            var (top, left) = (2 + (2 * y), (60 * digit) + 2 + (2 * x));
            Assert.Equal(images[i], pixels[top, left]);
            squares += Math.Pow((images[i] - pixels[60 + top, left]) / 255.0, 2);
        }

        // Twenty digits are about as well reconstructed as the thousand that the program has measured.
        Assert.InRange(Math.Sqrt(squares / images.Length), 0.7 * error, 1.3 * error);
    }

    [Fact]
    public async Task Missing_images_are_named()
    {
        var run = await Sample.Run("Autoencoder", digits["none.png"], digits["nowhere"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("train-images-idx3-ubyte.gz", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(digits["none.png"]));
    }

    /// <summary>Reads a PNG file by the book: signature, header, data, end, the last with the checksum that all PNG files have there.</summary>
    private static byte[,] Pixels(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        Assert.Equal([0, 0, 0, 13, .. "IHDR"u8, 0, 0, Width >> 8, Width & 255, 0, 0, 0, Height, 8, 0, 0, 0, 0], file[8..29]);
        Assert.Equal([0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82], file[^12..]);
        Assert.Equal("IDAT"u8, file.AsSpan(37, 4));
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        Assert.Equal(file.Length - 12, 41 + length + 4);

        using var stream = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        var rows = new byte[Height * (Width + 1)];
        stream.ReadExactly(rows);
        Assert.Equal(-1, stream.ReadByte());
        var pixels = new byte[Height, Width];
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % (Width + 1) == 0)
            {
                Assert.Equal(0, rows[i]);
            }
            else
            {
                pixels[i / (Width + 1), (i % (Width + 1)) - 1] = rows[i];
            }
        }

        return pixels;
    }
}
