using System.Globalization;
using StaticNet.Tests.Visualization;

namespace StaticNet.Samples.Tests;

public sealed class AutoencoderTests(DigitFiles digits) : IClassFixture<DigitFiles>
{
    [Fact]
    public async Task Picture_shows_digits_over_their_reconstructions()
    {
        var run = await Sample.Run("Autoencoder", digits["picture.png"], digits.Folder);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var error = double.Parse(run.Output[^1].Split(' ')[^1], CultureInfo.InvariantCulture);
        Assert.InRange(error, 0.05, 0.2);

        var pixels = PngFile.Read(digits["picture.png"]);
        Assert.Equal((1200, 120, 1), (pixels.Width, pixels.Height, pixels.Channels));
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
}
