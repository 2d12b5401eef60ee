using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Tests.Parsing;

/// <summary>Published networks written as blocks have the published sizes.</summary>
public class PublishedNetworkTests
{
    /// <summary>He, Zhang, Ren and Sun, 2015, as torchvision has them: 11,689,512 and 25,557,032 parameters.</summary>
    private const string ResNet =
        """
        [Block, Conv2D(64, 7, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, MaxPool2D(3, Stride = 2, Pads = new[] { 1 })] class Stem;

        [Block, Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu] class Conv3;
        [Block, Block<Conv3>, Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm] class Basic;
        [Block, Conv2D(Width.Double, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu] class Halve;
        [Block, Block<Halve>, Conv2D(Width.Same, 3, Padding = Padding.Same, UseBias = false), BatchNorm] class BasicDown;
        [Block, Residual<Basic>, Relu] class BasicUnit;
        [Block, Residual<BasicDown>(Projection = true), Relu, Block<BasicUnit>] class BasicStage;

        [Block, Conv2D(Width.Quarter, 1, UseBias = false), BatchNorm, Relu, Block<Conv3>, Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm] class Bottleneck;
        [Block, Conv2D(Width.Same, 1, UseBias = false), BatchNorm, Relu, Block<Conv3>, Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm] class First;
        [Block, Conv2D(Width.Half, 1, UseBias = false), BatchNorm, Relu, Conv2D(Width.Same, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Conv2D(Width.Quadruple, 1, UseBias = false), BatchNorm] class Down;
        [Block, Residual<Bottleneck>, Relu] class Unit;
        [Block, Residual<Down>(Projection = true), Relu] class DownUnit;

        [Network, Input(224, 224, 3)]
        [Block<Stem>, Block<BasicUnit>(Repeat = 2, As = "layer1"), Block<BasicStage>(As = "layer2"), Block<BasicStage>(As = "layer3"), Block<BasicStage>(As = "layer4")]
        [AveragePool2D(7), Flatten, Dense(1000), SoftmaxCrossEntropy]
        partial class ResNet18;

        [Network, Input(224, 224, 3)]
        [Block<Stem>, Residual<First>(Projection = true), Relu, Block<Unit>(Repeat = 2, As = "layer1")]
        [Block<DownUnit>, Block<Unit>(Repeat = 3, As = "layer2")]
        [Block<DownUnit>, Block<Unit>(Repeat = 5, As = "layer3")]
        [Block<DownUnit>, Block<Unit>(Repeat = 2, As = "layer4")]
        [AveragePool2D(7), Flatten, Dense(1000), SoftmaxCrossEntropy]
        partial class ResNet50;
        """;

    /// <summary>Howard et al., 2017: 4,231,976 parameters, 569 million multiply-adds.</summary>
    private const string MobileNet =
        """
        [Block, DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu] class Depthwise;
        [Block, DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu] class Halve;
        [Block, Block<Depthwise>, Conv2D(Width.Same, 1, UseBias = false), BatchNorm, Relu] class Same;
        [Block, Block<Depthwise>, Conv2D(Width.Double, 1, UseBias = false), BatchNorm, Relu] class Wider;
        [Block, Block<Halve>, Conv2D(Width.Double, 1, UseBias = false), BatchNorm, Relu] class Down;

        [Network, Input(224, 224, 3)]
        [Conv2D(32, 3, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
        [Block<Wider>, Block<Down>, Block<Same>, Block<Down>, Block<Same>, Block<Down>, Block<Same>(Repeat = 5), Block<Down>, Block<Same>]
        [AveragePool2D(7), Flatten, Dense(1000), SoftmaxCrossEntropy]
        partial class MobileNetV1;
        """;

    [Theory]
    [InlineData(ResNet, "ResNet18", 11_689_512, 1_814_073_344)]
    [InlineData(ResNet, "ResNet50", 25_557_032, 4_089_184_256)]
    [InlineData(MobileNet, "MobileNetV1", 4_231_976, 568_740_352)]
    public void Sizes_are_as_published(string source, string name, long parameters, long multiplyAdds)
    {
        var model = NetworkAnalysis.Analyze(Source.Parse(source, name));

        Assert.Empty(model.Findings.Select(Source.Describe));
        Assert.Equal((parameters, multiplyAdds), (SummaryTable.Parameters(model), SummaryTable.MultiplyAdds(model)));
    }
}
