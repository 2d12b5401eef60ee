using StaticNet.Generators.IR;
using StaticNet.Generators.Passes;
using StaticNet.Generators.Tests.Parsing;
using StaticNet.Generators.Tests.Passes;

namespace StaticNet.Generators.Tests.Layers;

/// <summary>Pooling, resampling and shape layers on numbers worked out by hand, and their gradients against difference quotients.</summary>
public class ImageLayerTests
{
    public static TheoryData<string> Stacks =>
    [
        "[Input(7, 6, 2)] [Dense(3), MaxPool2D(2)]",
        "[Input(7, 5, 2)] [Dense(3), MaxPool2D(3, Stride = 2, Padding = Padding.Same)]",
        "[Input(5, 7, 2)] [Dense(3), MaxPool2D(2, 3, Stride = 1)]",
        "[Input(9, 2)] [Dense(3), MaxPool1D(3, Stride = 2, Pads = [2, 1])]",
        "[Input(7, 6, 2)] [Dense(3), AveragePool2D(3, Stride = 2, Padding = Padding.SameUpper)]",
        "[Input(7, 6, 2)] [Dense(3), AveragePool2D(3, Stride = 2, Padding = Padding.Same, CountPadding = false)]",
        "[Input(9, 2)] [Dense(3), AveragePool1D(4)]",
        "[Input(3, 4, 2)] [Dense(3), GlobalAveragePool2D, Dense(2)]",
        "[Input(3, 4, 2)] [Dense(3), GlobalMaxPool2D, Dense(2)]",
        "[Input(2, 3, 2)] [Dense(3), Upsample2D(3)]",
        "[Input(2, 3, 2)] [Dense(3), Upsample2D(2, Mode = Interpolation.Bilinear)]",
        "[Input(2, 3, 2)] [Dense(3), Upsample2D(3, Mode = Interpolation.Bilinear)]",
        "[Input(2, 1, 2)] [Dense(3), Upsample2D(4, Mode = Interpolation.Bilinear)]",
        "[Input(2, 3, 2)] [Dense(3), ZeroPad2D(1, 0, 2, 1), Dense(2)]",
        "[Input(2, 3, 2)] [Dense(4), Reshape(4, 6), Dense(2)]",
        "[Input(2, 3, 2)] [Dense(5), SpatialDropout2D(0.4), Dense(2)]",
        "[Input(3, 2, 4, Layout = Layout.CHW)] [Dense(3), MaxPool2D(2)]",
    ];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Gradients_are_difference_quotients(string attributes)
    {
        var model = Source.Analyze(attributes);

        Assert.Empty(model.Findings);
        Assert.Null(FiniteDifferences.Disagreement(Lower.Run(model, GraphPurpose.Record), GradientSeed.Output, GradientRules.Default));
    }

    [Theory]
    [InlineData("[Input(3, 3, 1)] [MaxPool2D(2)]", 5.0)]
    [InlineData("[Input(3, 3, 1)] [MaxPool2D(2, Stride = 1)]", 5.0, 6.0, 8.0, 9.0)]
    [InlineData("[Input(3, 3, 1)] [MaxPool2D(2, 3)]", 6.0)]
    [InlineData("[Input(3, 3, 1)] [MaxPool2D(3, Stride = 2, Padding = Padding.Same)]", 5.0, 6.0, 8.0, 9.0)]
    [InlineData("[Input(9, 1)] [MaxPool1D(4)]", 4.0, 8.0)]
    [InlineData("[Input(3, 3, 1)] [AveragePool2D(2)]", 3.0)]
    [InlineData("[Input(3, 3, 1)] [AveragePool2D(3, Stride = 2, Padding = Padding.Same)]", 12 / 9.0, 16 / 9.0, 24 / 9.0, 28 / 9.0)]
    [InlineData("[Input(3, 3, 1)] [AveragePool2D(3, Stride = 2, Padding = Padding.Same, CountPadding = false)]", 3.0, 4.0, 6.0, 7.0)]
    [InlineData("[Input(9, 1)] [AveragePool1D(5, Pads = [1, 0], Stride = 3)]", 2.0, 5.0)]
    [InlineData("[Input(9, 1)] [AveragePool1D(5, Pads = [1, 0], Stride = 3, CountPadding = false)]", 2.5, 5.0)]
    [InlineData("[Input(3, 3, 1)] [GlobalAveragePool2D]", 5.0)]
    [InlineData("[Input(3, 3, 1)] [GlobalMaxPool2D]", 9.0)]
    [InlineData("[Input(3, 1, 3)] [GlobalMaxPool2D]", 7.0, 8.0, 9.0)]
    [InlineData("[Input(1, 3, 3)] [GlobalAveragePool2D]", 4.0, 5.0, 6.0)]
    [InlineData("[Input(1, 3, 3)] [MaxPool2D(1, 2)]", 4.0, 5.0, 6.0)]
    [InlineData("[Input(3, 1, 3)] [ZeroPad2D(1, 0, 0, 1), Reshape(8, 3), MaxPool1D(4)]", 1.0, 2.0, 3.0, 7.0, 8.0, 9.0)]
    public void Layers_give_of_one_to_nine(string attributes, params double[] output) =>
        Close(output, Run(attributes, [1, 2, 3, 4, 5, 6, 7, 8, 9]));

    [Fact]
    public void Nearest_repeats_every_cell() => Close(
        [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], Run("[Input(2, 2, 1)] [Upsample2D(2)]", [1, 2, 3, 4]));

    /// <summary>torch.nn.functional.interpolate(…, mode="bilinear", align_corners=False).</summary>
    [Theory]
    [InlineData(2, 0.0, 0.25, 0.75, 1.25, 1.75, 2.0)]
    [InlineData(3, 0.0, 0.0, 1 / 3.0, 2 / 3.0, 1.0, 4 / 3.0, 5 / 3.0, 2.0, 2.0)]
    [InlineData(4, 0.0, 0.0, 0.125, 0.375, 0.625, 0.875, 1.125, 1.375, 1.625, 1.875, 2.0, 2.0)]
    public void Bilinear_is_linear_between_centres(int factor, params double[] row)
    {
        var output = Run($"[Input(1, 3, 1)] [Upsample2D({factor}, Mode = Interpolation.Bilinear)]", [0, 1, 2]);

        Close([.. Enumerable.Repeat(row, factor).SelectMany(x => x)], output);
    }

    [Fact]
    public void Bilinear_mixes_four_neighbours() => Assert.Equal(
        (0.75 * 0.75 * 1) + (0.75 * 0.25 * 2) + (0.25 * 0.75 * 3) + (0.25 * 0.25 * 40),
        Run("[Input(2, 2, 1)] [Upsample2D(2, Mode = Interpolation.Bilinear)]", [1, 2, 3, 40])[5],
        precision: 12);

    [Fact]
    public void Channels_first_are_seen_channels_last() => Close(
        [1, 5, 2, 6, 3, 7, 4, 8], Run("[Input(2, 2, 2, Layout = Layout.CHW)] [Flatten]", [1, 2, 3, 4, 5, 6, 7, 8]));

    [Fact]
    public void Zeros_are_all_around() => Close(
        [0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0], Run("[Input(2, 2, 1)] [ZeroPad2D(1)]", [1, 2, 3, 4]));

    [Fact]
    public void Spatial_dropout_drops_whole_channels_of_a_sample_in_training_alone()
    {
        const string Attributes = "[Input(2, 1, 2)] [SpatialDropout2D(0.5)]";
        var graph = Lower.Run(Source.Analyze(Attributes), GraphPurpose.Record);
        IrVerifier.Verify(graph);
        Dictionary<string, double[]> bindings = new() { ["input"] = [1, 2, 3, 4, 5, 6, 7, 8] };

        // The first sample keeps its second channel, the second its first.
        var run = IrInterpreter.Run(graph, 2, bindings, (_, row, column) => row == column ? 0.25 : 0.75);

        Close([0, 4, 0, 8, 10, 0, 14, 0], run["output"]);
        Close([1, 2, 3, 4], Run(Attributes, [1, 2, 3, 4]));
    }

    private static double[] Run(string attributes, double[] input)
    {
        var model = Source.Analyze(attributes);
        Assert.Empty(model.Findings);
        var graph = Lower.Run(model, GraphPurpose.Forward);
        IrVerifier.Verify(graph);
        return IrInterpreter.Run(graph, 1, new Dictionary<string, double[]> { ["input"] = input })["output"];
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, precision: 12));
    }
}
