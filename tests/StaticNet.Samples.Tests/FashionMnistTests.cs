using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using StaticNet.Tests.Visualization;

namespace StaticNet.Samples.Tests;

public sealed partial class FashionMnistTests : IDisposable
{
    private readonly DigitFiles _digits = new();

    public void Dispose() => _digits.Dispose();

    /// <summary>Digits are as good as clothes to see whether the program works; they are here on every machine.</summary>
    [Fact]
    public async Task Network_is_trained_and_looked_at()
    {
        foreach (var labels in Directory.GetFiles(_digits.Folder, "*-labels-*"))
        {
            await using var compressed = new GZipStream(File.Create($"{labels}.gz"), CompressionLevel.Fastest);
            await compressed.WriteAsync(File.ReadAllBytes(labels), TestContext.Current.CancellationToken);
        }

        var run = await Sample.Run("FashionMnist", "--data", _digits.Folder, "--output", _digits.Folder, "--epochs", "3");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("3667 images to learn from, 333 to stop by, 1000 to test with", run.Output[0]);
        Assert.Equal(3, run.Output.Count(line => line.StartsWith("Epoch ", StringComparison.Ordinal)));
        Assert.Matches(@"^ +\d+  [a-zA-Z -]+ taken for [a-zA-Z -]+$", run.Output[^4]);
        var match = AccuracyLine().Match(run.Output[^1]);
        Assert.True(match.Success, run.Output[^1]);
        Assert.InRange(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 0.9, 1);

        var mistakes = PngFile.Read(_digits["mistakes.png"]);
        Assert.Equal((600, 600, 1), (mistakes.Width, mistakes.Height, mistakes.Channels));
        var filters = PngFile.Read(_digits["filters.png"]);
        Assert.Equal((6 * 40, 6 * 40), (filters.Width, filters.Height));
        using var page = XmlReader.Create(_digits["history.html"], new() { DtdProcessing = DtdProcessing.Ignore });
        while (page.Read())
        {
        }

        var activations = PngFile.Read(_digits["activations.png"]);
        Assert.Equal((32 * 30, 8 * 30), (activations.Width, activations.Height));
        Assert.True(activations.Pixels.Count(pixel => pixel > 0) > activations.Pixels.Length / 20);
        Assert.True(File.Exists(_digits["resnet.safetensors"]));
    }

    [Fact]
    public async Task Missing_data_is_named_with_the_package_to_install()
    {
        var run = await Sample.Run("FashionMnist", "--data", _digits["nowhere"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"There is no train-images-idx3-ubyte.gz in {_digits["nowhere"]}.", run.Error, StringComparison.Ordinal);
        Assert.Contains("sudo apt install dataset-fashion-mnist", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "There is no option --epoch.", "--epoch", "3")]
    [InlineData(2, "--epochs needs a whole number, at least 1, not '0'.", "--epochs", "0")]
    [InlineData(1, "There is no folder nowhere to write to.", "--output", "nowhere")]
    public async Task Wrong_options_are_named(int exitCode, string message, params string[] arguments)
    {
        var run = await Sample.Run("FashionMnist", arguments);

        Assert.Equal((exitCode, ""), (run.ExitCode, string.Join('\n', run.Output)));
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_readme_tell_every_option()
    {
        var help = await Sample.Run("FashionMnist", "--help");
        var options = help.Output.Where(line => line.StartsWith("  --", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]).ToArray();
        var readme = File.ReadAllText(Sample.File("FashionMnist", "README.md"));

        Assert.Equal(["--epochs", "--batch", "--seed", "--threads", "--data", "--output"], options);
        Assert.All(options, option => Assert.Contains($"| `{option} ", readme, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^test accuracy: ([01]\.\d{4})$")]
    private static partial Regex AccuracyLine();
}
