using System.Globalization;

namespace StaticNet.Samples.Tests;

public sealed class ModelZooTests
{
    /// <summary>
    /// Parameters without running statistics, and multiply-adds of convolutions and dense layers, as published: by PyTorch's torchvision for
    /// VGG-16 and the large ResNets, by Caffe for AlexNet, by MLPerf Tiny (which counts the statistics too) for the last four; that of the
    /// U-Net is worked out by hand, level by level.
    /// </summary>
    private static readonly Dictionary<string, (long Parameters, long MultiplyAdds)> s_published = new()
    {
        ["LeNet5"] = (61_706, 416_520),
        ["MnistCnn"] = (843_658, 3_249_280),
        ["CifarCnn"] = (8_475_530, 29_042_688),
        ["AlexNet"] = (60_965_224, 724_406_816),
        ["Vgg16"] = (138_357_544, 15_470_264_320),
        ["ResNet18"] = (11_689_512, 1_814_073_344),
        ["ResNet50"] = (25_557_032, 4_089_184_256),
        ["UNet"] = (482_449, 575_143_936),
        ["ResNet8"] = (78_666 - 480, 12_501_632),
        ["DsCnn"] = (24_908 - 1_152, 2_656_768),
        ["AnomalyAutoencoder"] = (269_992 - 2_064, 264_192),
        ["MobileNet"] = (221_794 - 5_472, 7_489_664),
    };

    [Fact]
    public async Task Networks_have_the_published_parameters_and_multiply_adds()
    {
        var run = await Sample.Run("ModelZoo");
        var rows = run.Output[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(row => row[0], row => (Number(row[1]), Number(row[2])));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(s_published, rows);

        var readme = File.ReadAllText(Sample.File("ModelZoo", "README.md"));
        Assert.All(s_published, pair => Assert.Contains($"[{pair.Key}]({pair.Key}.cs)", readme, StringComparison.Ordinal));
        Assert.All(s_published.Values, counts => Assert.Contains(
            counts.MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture), readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Layers_of_a_network_are_shown()
    {
        var run = await Sample.Run("ModelZoo", "LeNet5");
        var unknown = await Sample.Run("ModelZoo", "LeNet6");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("61,706", run.Output[^1], StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("LeNet5, MnistCnn", unknown.Error, StringComparison.Ordinal);
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
