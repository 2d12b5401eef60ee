using StaticNet.Generators.Layers;
using StaticNet.Generators.Parsing;
using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

public class ShapeRuleTests
{
    [Theory]
    [InlineData("[Input(28, 28, 3)]", "[Flatten]", "2352")]
    [InlineData("[Input(784)]", "[Dense(10)]", "10")]
    [InlineData("[Input(6, 5, 4)]", "[Dense(10)]", "6×5×10")]
    [InlineData("[Input(6, 5, 4)]", "[Relu]", "6×5×4")]
    [InlineData("[Input(6, 5, 4)]", "[Softmax]", "6×5×4")]
    [InlineData("[Input(6, 5, 4)]", "[Dropout(0.5)]", "6×5×4")]
    [InlineData("[Input(6, 4)]", """[Dense(4), Add("input")]""", "6×4")]
    [InlineData("[Input(6, 4)]", """[Dense(3), Concat("input")]""", "6×7")]
    [InlineData("[Input(6, 4)]", """[Concat("input")]""", "6×8")]
    [InlineData("[Input(6, 5, 4)]", "[ZeroPad2D(1)]", "8×7×4")]
    [InlineData("[Input(6, 5, 4)]", "[ZeroPad2D(0, 1, 2, 3)]", "7×10×4")]
    [InlineData("[Input(26, 26, 32)]", "[MaxPool2D(2)]", "13×13×32")]
    [InlineData("[Input(7, 6, 4)]", "[MaxPool2D(3, 2)]", "2×3×4")]
    [InlineData("[Input(7, 6, 4)]", "[MaxPool2D(3, Stride = 2, Padding = Padding.Same)]", "4×3×4")]
    [InlineData("[Input(7, 6, 4)]", "[AveragePool2D(2, Padding = Padding.SameUpper)]", "4×3×4")]
    [InlineData("[Input(9, 4)]", "[MaxPool1D(2, Stride = 3)]", "3×4")]
    [InlineData("[Input(9, 4)]", "[AveragePool1D(3, Pads = [2, 0])]", "3×4")]
    [InlineData("[Input(6, 5, 4)]", "[GlobalAveragePool2D]", "4")]
    [InlineData("[Input(6, 5, 4)]", "[GlobalMaxPool2D]", "4")]
    [InlineData("[Input(6, 5, 4)]", "[Upsample2D(3)]", "18×15×4")]
    [InlineData("[Input(6, 5, 4)]", "[SpatialDropout2D(0.5)]", "6×5×4")]
    [InlineData("[Input(6, 5, 4)]", "[Reshape(2, 60)]", "2×60")]
    [InlineData("[Input(3, 6, 5, Layout = Layout.CHW)]", "[Relu]", "6×5×3")]
    [InlineData("[Input(28, 28, 1)]", "[Conv2D(32, 3)]", "26×26×32")]
    [InlineData("[Input(7, 6, 4)]", "[Conv2D(9, 3, Stride = 2, Padding = Padding.Same)]", "4×3×9")]
    [InlineData("[Input(224, 224, 3)]", "[Conv2D(64, 7, Stride = 2, Pads = [3])]", "112×112×64")]
    [InlineData("[Input(49, 10, 1)]", "[Conv2D(64, 10, 4, Stride = 2, Padding = Padding.SameUpper)]", "25×5×64")]
    [InlineData("[Input(9, 9, 2)]", "[Conv2D(3, 3, Dilation = 3)]", "3×3×3")]
    [InlineData("[Input(9, 8, 2)]", "[Conv2D(3, 3, Pads = [1, 0, 2, 2])]", "8×10×3")]
    [InlineData("[Input(16, 4)]", "[Conv1D(6, 5, Stride = 3)]", "4×6")]
    [InlineData("[Input(8, 8, 12)]", "[DepthwiseConv2D(3, Stride = 2, Padding = Padding.Same)]", "4×4×12")]
    [InlineData("[Input(8, 8, 12)]", "[SeparableConv2D(5, 3)]", "6×6×5")]
    [InlineData("[Input(5, 5, 2)]", "[ConvTranspose2D(3, 3, Stride = 2)]", "11×11×3")]
    [InlineData("[Input(5, 5, 2)]", "[ConvTranspose2D(3, 3, Stride = 2, Padding = Padding.Same, OutputPadding = 1)]", "10×10×3")]
    [InlineData("[Input(5, 5, 2)]", "[ConvTranspose2D(3, 4, Stride = 2, Padding = Padding.SameUpper)]", "10×10×3")]
    public void Layers_give_shapes(string input, string layers, string shape)
    {
        var model = Source.Analyze(input + layers);

        Assert.Empty(model.Findings);
        Assert.Equal(shape, model.Output.ToText());
        Assert.Equal(shape, model.Layers[model.Layers.Count - 1].Shape.ToText());
    }

    [Theory]
    [InlineData("""[Input(6, 4)] [Dense(3)] [Add("input")]""", "SN0003 2:0 Add(\"input\")|the shape 6×3 of Dense(3)|Input(6, 4)|6×4")]
    [InlineData(
        """[Input(6)] [Dense(3, As = "a"), Dense(3, As = "b"), Dense(4, As = "c"), Multiply("a", "b", "c")]""",
        "SN0003 4:2 Multiply(\"a\", \"b\", \"c\")|the shape 3 of Dense(3)|Dense(4)|4")]
    [InlineData(
        """[Input(6, 4, As = "x"), Input(5, 4, As = "y")] [Concat("x", "y")]""",
        "SN0003 2:1 Concat(\"x\", \"y\")|a shape 6×n like Input(6, 4)|Input(5, 4)|5×4")]
    [InlineData("[Input(26, 26, 32)] [MaxPool2D(40)]", "SN0003 1:-1 MaxPool2D(40)|at least 40×40|Input(26, 26, 32)|26×26×32")]
    [InlineData("[Input(6, 4)] [Dense(3), MaxPool1D(9, Pads = [1])]", "SN0003 2:-1 MaxPool1D(9)|at least 7 (1·(9−1)+1−2)|Dense(3)|6×3")]
    [InlineData("[Input(6, 4)] [MaxPool2D(2)]", "SN0003 1:-1 MaxPool2D(2)|height×width×channels|Input(6, 4)|6×4")]
    [InlineData("[Input(6)] [AveragePool1D(2)]", "SN0003 1:-1 AveragePool1D(2)|length×channels|Input(6)|6")]
    [InlineData("[Input(6, 4)] [ZeroPad2D(2)]", "SN0003 1:-1 ZeroPad2D(2)|height×width×channels|Input(6, 4)|6×4")]
    [InlineData(
        "[Input(2, 3, 4)] [ZeroPad2D(2000000000, 2000000000, 0, 0)]",
        "SN0018 1:-1 ZeroPad2D(2000000000, 2000000000, 0, 0)|4000000002×3×4|48000000024")]
    [InlineData("[Input(6, 5, 4)] [Reshape(7, 17)]", "SN0003 1:-1 Reshape(7, 17)|7×17 = 119 numbers|Input(6, 5, 4)|6×5×4 = 120")]
    [InlineData("[Input(6)] [GlobalAveragePool2D]", "SN0003 1:-1 GlobalAveragePool2D|height×width×channels|Input(6)|6")]
    [InlineData("[Input(6, 4)] [Upsample2D(2)]", "SN0003 1:-1 Upsample2D(2)|height×width×channels|Input(6, 4)|6×4")]
    [InlineData(
        "[Input(3, 40, 50, Layout = Layout.CHW)] [MaxPool2D(41)]", "SN0003 1:-1 MaxPool2D(41)|at least 41×41|Input(3, 40, 50)|40×50×3")]
    [InlineData("[Input(2, 3, 4)] [Upsample2D(30000)]", "SN0018 1:-1 Upsample2D(30000)|60000×90000×4|21600000000")]
    [InlineData("[Input(6)] [Dense(1), Softmax]", "SN0003 2:-1 Softmax|at least 2 values along the last axis|Dense(1)|1")]
    [InlineData("[Input(6)] [Dense(1), LogSoftmax]", "SN0003 2:-1 LogSoftmax|at least 2 values along the last axis|Dense(1)|1")]
    [InlineData("[Input(6)] [Dense(1)] [SoftmaxCrossEntropy]", "SN0009 2:-1 SoftmaxCrossEntropy|one vector of at least 2 classes|Dense(1)|1")]
    [InlineData("[Input(6, 5)] [Dense(4)] [CategoricalCrossEntropy]", "SN0009 2:-1 CategoricalCrossEntropy|one vector of at least 2 classes|Dense(4)|6×4")]
    [InlineData("[Input(65536, 65536)] [Flatten]", "SN0018 0:-1 Input(65536, 65536)|65536×65536|4294967296")]
    [InlineData("[Input(65536)] [Dense(65536)]", "SN0018 1:0 Dense(65536)|65536×65536|4294967296")]
    [InlineData("[Input(65536, 1)] [Dense(65536)]", "SN0018 1:0 Dense(65536)|65536×65536|4294967296")]
    [InlineData("""[Input(2000000000)] [Concat("input")]""", "SN0018 1:-1 Concat(\"input\")|2000000000+2000000000|4000000000")]
    [InlineData("""[Input(3, 600000000)] [Flatten]""")]
    public void Shapes_that_do_not_fit_are_found_once(string attributes, params string[] findings)
    {
        Assert.Equal(findings, Source.Findings(attributes));
        Assert.Equal(findings.Length > 0, Source.Analyze(attributes).HasErrors);
    }

    [Fact]
    public void After_a_mistake_the_output_still_has_its_shape_and_nothing_more_is_said()
    {
        var model = Source.Analyze("""[Input(6)] [Dense(4), Add("input"), Relu, Dense(3)] [Dense(10)] [SoftmaxCrossEntropy]""");

        Assert.Single(model.Findings);
        Assert.Equal([10], model.Output);
        Assert.Equal(new TargetModel(TargetKind.ClassIndex, [1], 10), model.Target);
    }

    [Fact]
    public void Parameters_and_multiply_adds_are_counted()
    {
        var layer = Source.Analyze("""[Input(6, 4)] [Dense(3, L1 = 0.5, L2 = 0.25, As = "head")]""").Layers[0];

        Assert.Equal(["head.weight", "head.bias"], layer.Parameters.Select(p => p.Name));
        Assert.Equal([3, 4], layer.Parameters[0].Shape);
        Assert.Equal([3], layer.Parameters[1].Shape);
        Assert.Equal((0.5, 0.25), (layer.Parameters[0].L1, layer.Parameters[0].L2));
        Assert.Equal((0, 0), (layer.Parameters[1].L1, layer.Parameters[1].L2));
        Assert.Equal(6 * 4 * 3, layer.MultiplyAdds);
        Assert.Equal(("Dense", "Dense(3)", 1), (layer.Kind, layer.Text, layer.Attribute));
    }

    [Fact]
    public void A_layer_without_bias_has_one_parameter() =>
        Assert.Equal(["dense1.weight"], Source.Analyze("[Input(4)] [Dense(3, UseBias = false)]").Layers[0].Parameters.Select(p => p.Name));

    [Theory]
    [InlineData("[Input(28, 28, 1)]", "[Conv2D(32, 3)]", "weight 32,1,3,3; bias 32", 26 * 26 * 32 * 9)]
    [InlineData("[Input(8, 8, 12)]", "[Conv2D(6, 1, UseBias = false)]", "weight 6,12,1,1", 8 * 8 * 6 * 12)]
    [InlineData("[Input(8, 8, 12)]", "[DepthwiseConv2D(3)]", "weight 12,1,3,3; bias 12", 6 * 6 * 12 * 9)]
    [InlineData("[Input(8, 8, 12)]", "[SeparableConv2D(5, 3)]", "depthwise_weight 12,1,3,3; pointwise_weight 5,12,1,1; bias 5", 6 * 6 * 12 * (9 + 5))]
    [InlineData("[Input(5, 5, 2)]", "[ConvTranspose2D(3, 4, Stride = 2)]", "weight 2,3,4,4; bias 3", 5 * 5 * 2 * 3 * 16)]
    [InlineData("[Input(5, 5, 4)]", "[ConvTranspose2D(6, 2, Groups = 2)]", "weight 4,3,2,2; bias 6", 5 * 5 * 4 * 3 * 4)]
    [InlineData("[Input(5, 5, 4)]", "[Conv2D(6, 2, Groups = 2)]", "weight 6,2,2,2; bias 6", 4 * 4 * 6 * 2 * 4)]
    [InlineData("[Input(16, 4)]", "[Conv1D(6, 5)]", "weight 6,4,5; bias 6", 12 * 6 * 4 * 5)]
    public void Convolutions_have_PyTorchs_parameters(string input, string layer, string parameters, long multiplyAdds)
    {
        var model = Source.Analyze(input + layer).Layers[0];

        Assert.Equal(parameters, string.Join("; ", model.Parameters.Select(p => $"{p.Name.Split('.')[1]} {string.Join(",", p.Shape)}")));
        Assert.Equal(multiplyAdds, model.MultiplyAdds);
    }
}
