using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Tests.Weights;

/// <summary>Which tensor of a file is which parameter, by the names that PyTorch and Keras give.</summary>
public class WeightNamesTests
{
    private static readonly string[] s_norm = ["weight", "bias", "running_mean", "running_var"];

    private const string LeNet = "conv1.weight 6,1,5,5; conv2.weight 6,6,5,5; dense1.weight 6,6; dense2.weight 6,6; dense3.weight 3,6";

    private const string Residual =
        """
        block1.conv1.weight 4,3,7,7; block1.batchnorm1 4;
        block2.0.residual1.conv1.weight 4,4,3,3; block2.0.residual1.batchnorm1 4; block2.0.residual1.conv2.weight 4,4,3,3; block2.0.residual1.batchnorm2 4;
        block2.1.residual1.conv1.weight 4,4,3,3; block2.1.residual1.batchnorm1 4; block2.1.residual1.conv2.weight 4,4,3,3; block2.1.residual1.batchnorm2 4;
        block3.residual1.conv1.weight 8,4,3,3; block3.residual1.batchnorm1 8; block3.residual1.conv2.weight 8,8,3,3; block3.residual1.batchnorm2 8;
        block3.residual1.shortcut.conv1.weight 8,4,1,1; block3.residual1.shortcut.batchnorm1 8; dense1.weight 10,8; dense1.bias 10
        """;

    private const string Torchvision =
        """
        conv1.weight; bn1; layer1.0.conv1.weight; layer1.0.bn1; layer1.0.conv2.weight; layer1.0.bn2; layer1.1.conv1.weight; layer1.1.bn1;
        layer1.1.conv2.weight; layer1.1.bn2; layer2.0.conv1.weight; layer2.0.bn1; layer2.0.conv2.weight; layer2.0.bn2;
        layer2.0.downsample.0.weight; layer2.0.downsample.1; fc.weight; fc.bias
        """;

    /// <summary>The last convolution of the body has the shape of the shortcut's.</summary>
    private const string Bottlenecks =
        """
        block1.conv1.weight 4,3,7,7; block1.batchnorm1 4;
        block2.residual1.conv1.weight 4,4,1,1; block2.residual1.batchnorm1 4; block2.residual1.conv2.weight 4,4,3,3; block2.residual1.batchnorm2 4;
        block2.residual1.conv3.weight 8,4,1,1; block2.residual1.batchnorm3 8;
        block2.residual1.shortcut.conv1.weight 8,4,1,1; block2.residual1.shortcut.batchnorm1 8;
        block3.residual1.conv1.weight 4,8,1,1; block3.residual1.batchnorm1 4; block3.residual1.conv2.weight 4,4,3,3; block3.residual1.batchnorm2 4;
        block3.residual1.conv3.weight 8,4,1,1; block3.residual1.batchnorm3 8; dense1.weight 10,8
        """;

    private const string TorchvisionBottlenecks =
        """
        conv1.weight; bn1; layer1.0.conv1.weight; layer1.0.bn1; layer1.0.conv2.weight; layer1.0.bn2; layer1.0.conv3.weight; layer1.0.bn3;
        layer1.0.downsample.0.weight; layer1.0.downsample.1; layer1.1.conv1.weight; layer1.1.bn1; layer1.1.conv2.weight; layer1.1.bn2;
        layer1.1.conv3.weight; layer1.1.bn3; fc.weight
        """;

    private const string Convolutions = "conv1.weight 4,1,3,3; conv2.weight 4,4,3,3; conv3.weight 4,4,3,3; dense1.weight 8,8; dense2.weight 8,8";

    [Theory]
    [InlineData(LeNet, "conv1.weight; conv2.weight; fc1.weight; fc2.weight; fc3.weight")]
    [InlineData(LeNet, "module.conv1.weight; module.conv2.weight; module.dense1.weight; module.dense2.weight; module.dense3.weight")]
    [InlineData(LeNet, "_orig_mod.module.conv1.weight; _orig_mod.module.conv2.weight; _orig_mod.module.dense1.weight; _orig_mod.module.dense2.weight; _orig_mod.module.dense3.weight")]
    [InlineData(LeNet, "net.0.weight; net.3.weight; net.7.weight; net.9.weight; net.11.weight")]
    [InlineData(Convolutions, "features.0.weight; features.3.weight; features.10.weight; classifier.1.weight; classifier.4.weight")]
    [InlineData(Convolutions, "conv0.weight; conv1.weight; conv2.weight; dense1.weight; dense2.weight")]
    [InlineData(Convolutions, "conv1_1.weight; conv1_2.weight; conv2_1.weight; fc6.weight; fc7.weight")]
    [InlineData(Residual, Torchvision)]
    [InlineData(Bottlenecks, TorchvisionBottlenecks)]
    [InlineData(
        "conv1.weight 4,3,3,3; batchnorm1 4; conv2.weight 4,1,3,3; batchnorm2 4; conv3.weight 8,4,1,1; batchnorm3 8; dense1.weight 2,8",
        "features.0.0.weight; features.0.1; features.1.0.weight; features.1.1; features.1.3.weight; features.1.4; fc.weight")]
    public void Layers_are_taken_in_the_order_of_their_numbers(string network, string names)
    {
        var (report, isRight) = Load(network, names);

        Assert.True(report.IsExact, report.ToString());
        Assert.True(isRight);
    }

    /// <summary>Same shapes under names without an order, or with an order that may not be that of the network.</summary>
    [Theory]
    [InlineData("dense1.weight 6,6; dense2.weight 6,6; dense3.weight 3,6", "first.weight; second.weight; head.weight", "dense1.weight, dense2.weight")]
    [InlineData("conv1.weight 4,4,3,3; dense1.weight 6,6; dense2.weight 6,6", "features.0.weight; features.2.weight; classifier.0.weight", "dense1.weight, dense2.weight")]
    [InlineData("dense1.weight 6,6; dense2.weight 6,6; dense3.weight 3,6", "0.weight; 00.weight; 1.weight", "dense1.weight, dense2.weight")]
    [InlineData(
        "residual1.conv1.weight 4,4,1,1; residual1.shortcut.conv1.weight 4,4,1,1; dense1.weight 3,4",
        "block_0.weight; block_1.weight; fc.weight", "residual1.conv1.weight, residual1.shortcut.conv1.weight")]
    [InlineData("batchnorm1 4; dense1.weight 4,4; batchnorm2 4", "norm_in; fc.weight; norm_out", "batchnorm1.weight, batchnorm1.bias, batchnorm1.running_mean, batchnorm1.running_var, batchnorm2.weight, batchnorm2.bias, batchnorm2.running_mean, batchnorm2.running_var")]
    public void What_has_two_readings_is_reported(string network, string names, string ambiguous)
    {
        var error = Assert.Throws<WeightFormatException>(() => Load(network, names));

        Assert.Equal(ambiguous, string.Join(", ", error.Report!.Ambiguous));
        Assert.Equal(error.Report.Ambiguous, error.Report.Missing);
        Assert.Contains("ambiguous", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_given_are_the_only_ones()
    {
        const string network = "dense1.weight 6,6; dense2.weight 6,6; dense3.weight 3,6";
        string Name(string ours) => ours switch { "dense1.weight" => "second.weight", "dense2.weight" => "first.weight", _ => "head.weight" };

        var (report, isRight) = Load(network, "second.weight; first.weight; head.weight", names: Name);

        Assert.True(isRight);
        Assert.Equal("first.weight", report.Sources["dense2.weight"]);
        Assert.Contains("dense2.weight is first.weight", report.ToString(), StringComparison.Ordinal);
        var error = Assert.Throws<WeightFormatException>(() => Load(network, "dense1.weight; dense2.weight; dense3.weight", names: Name));
        Assert.Equal(["dense1.weight", "dense2.weight", "dense3.weight"], error.Report!.Missing);
    }

    [Fact]
    public void Files_go_back_under_the_names_that_they_came_with()
    {
        using var folder = new TemporaryFolder();
        using var saved = Create(Residual, seed: 1);
        using var other = Create(Residual, seed: 2);
        using var back = Create(Residual, seed: 3);
        var names = NamesOf(Residual, Torchvision);

        WeightFile.Save(saved, folder["theirs"], name => names[name]);
        var sources = WeightFile.Load(other, folder["theirs"]).Sources;
        WeightFile.Save(other, folder["ours"], name => sources[name]);

        Assert.Equal(File.ReadAllBytes(folder["theirs"]), File.ReadAllBytes(folder["ours"]));
        Assert.Throws<ArgumentException>(() => WeightFile.Save(other, folder["no"], _ => "same"));
        Assert.Throws<ArgumentException>(() => WeightFile.Save(other, folder["no"], name => name == "dense1.bias" ? "__metadata__" : name));
        Assert.Equal(["ours", "theirs"], folder.Files);
    }

    [Fact]
    public void A_head_of_another_size_stays_as_it_is_when_that_is_allowed()
    {
        using var folder = new TemporaryFolder();
        using var pretrained = Create(Residual.Replace("10", "1000", StringComparison.Ordinal), seed: 1);
        using var network = Create(Residual, seed: 2);
        var names = NamesOf(Residual, Torchvision);
        WeightFile.Save(pretrained, folder["net"], name => names[name]);

        var report = WeightFile.Load(network, folder["net"], strict: false);

        Assert.Equal(["dense1.weight", "dense1.bias"], report.Missing);
        Assert.Equal(["fc.bias", "fc.weight"], report.Unexpected);
        Assert.Equal(network.Info.Parameters.Length - 2, report.Matched.Count);
    }

    /// <summary>Saves one network under other names and loads it into another.</summary>
    private static (LoadReport Report, bool IsRight) Load(string network, string fileNames, Func<string, string>? names = null)
    {
        using var folder = new TemporaryFolder();
        using var saved = Create(network, seed: 1);
        using var loaded = Create(network, seed: 2);
        var theirs = NamesOf(network, fileNames);
        WeightFile.Save(saved, folder["net"], name => theirs[name]);
        var report = WeightFile.Load(loaded, folder["net"], names: names);
        return (report, saved.ParameterSpan.SequenceEqual(loaded.ParameterSpan));
    }

    private static Dictionary<string, string> NamesOf(string network, string fileNames) =>
        Tensors(network).Select(tensor => tensor.Name).Zip(Tensors(fileNames).Select(tensor => tensor.Name)).ToDictionary(pair => pair.First, pair => pair.Second);

    internal static NetworkCore Create(string network, int seed)
    {
        var (offset, parameters) = (0L, new List<ParameterInfo>());
        foreach (var (name, shape) in Tensors(network))
        {
            var columns = shape.Skip(1).Aggregate(1, (a, b) => a * b);
            var layout = shape.Length == 1 ? ParameterLayout.Vector(shape[0]) : ParameterLayout.Matrix(shape[0], columns, columns / shape[1]);
            parameters.Add(new(name, shape, offset, layout) { Initializer = InitializerKind.GlorotNormal, IsState = name.Contains("running", StringComparison.Ordinal) });
            offset += layout.Length;
        }

        var info = new NetworkInfo { Name = "Net", InputSizes = [1], OutputSize = 1, Parameters = [.. parameters], Layers = [] };
        return new(info, seed, () => new LinearWorkspace(WeightFileTests.Describe(("dense1", 3, 5))));
    }

    /// <summary>A layer without the name of a tensor is a batch normalisation.</summary>
    private static IEnumerable<(string Name, int[] Shape)> Tensors(string text) =>
        from part in text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let words = part.Split(' ')
        let shape = words.Length < 2 ? [] : Array.ConvertAll(words[1].Split(','), int.Parse)
        let isWhole = words[0].EndsWith(".weight", StringComparison.Ordinal) || words[0].EndsWith(".bias", StringComparison.Ordinal)
        from name in isWhole ? [words[0]] : s_norm.Select(leaf => $"{words[0]}.{leaf}")
        select (name, shape);
}
