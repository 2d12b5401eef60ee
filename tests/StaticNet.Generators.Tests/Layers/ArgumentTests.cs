using StaticNet.Generators.Tests.Parsing;

namespace StaticNet.Generators.Tests.Layers;

public class ArgumentTests
{
    [Theory]
    [InlineData("[Input(28, 0, -1)] [Flatten]", "SN0007 0:1 Input|shape|0|at least 1", "SN0007 0:2 Input|shape|-1|at least 1")]
    [InlineData("[Input(new[] { 28, 0 })] [Flatten]", "SN0007 0:0 Input|shape|0|at least 1")]
    [InlineData("[Input] [Flatten]", "SN0007 0:-1 Input|shape|empty|at least one extent")]
    [InlineData("[Input(4)] [Dense(0)]", "SN0007 1:0 Dense|units|0|at least 1")]
    [InlineData("[Input(4)] [Dense(2, L1 = -0.5)]", "SN0007 1:1 Dense|L1|-0.5|a finite number of at least 0")]
    [InlineData("[Input(4)] [Dense(2, L1 = 1, L2 = double.NaN)]", "SN0007 1:2 Dense|L2|NaN|a finite number of at least 0")]
    [InlineData(
        "[Input(4)] [Dense(2, Initializer = (Initializer)99)]",
        "SN0007 1:1 Dense|Initializer|99|one of Default, Zeros, Constant, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal")]
    [InlineData("[Input(4)] [Dense(2, InitialValue = 0.1)]", "SN0007 1:1 Dense|InitialValue|0.1|left out when no initialiser is Constant")]
    [InlineData(
        "[Input(4)] [Dense(2, UseBias = false, BiasInitializer = Initializer.Zeros)]",
        "SN0007 1:2 Dense|BiasInitializer|Initializer.Zeros|left out when there is no bias")]
    [InlineData("[Input(4)] [LeakyRelu(double.NaN)]", "SN0007 1:0 LeakyRelu|slope|NaN|a finite number")]
    [InlineData("[Input(4)] [Elu(double.PositiveInfinity)]", "SN0007 1:0 Elu|alpha|Infinity|a finite number")]
    [InlineData("[Input(4)] [Gelu(Approximation = (GeluApproximation)2)]", "SN0007 1:0 Gelu|Approximation|2|one of None, Tanh")]
    [InlineData("[Input(4)] [Dropout(1)]", "SN0007 1:0 Dropout|rate|1|from 0 up to, but not including, 1")]
    [InlineData("[Input(4)] [Dropout(-0.1)]", "SN0007 1:0 Dropout|rate|-0.1|from 0 up to, but not including, 1")]
    [InlineData("[Input(4)] [Dense(4), Add]", "SN0007 2:-1 Add|names|empty|at least one name")]
    [InlineData("[Input(4)] [Dense(4)] [Huber(0)]", "SN0007 2:0 Huber|delta|0|a finite number above 0")]
    [InlineData(
        "[Input(4)] [Dense(4)] [SoftmaxCrossEntropy(LabelSmoothing = 1)]",
        "SN0007 2:0 SoftmaxCrossEntropy|LabelSmoothing|1|from 0 up to, but not including, 1")]
    [InlineData("[Input(4)] [Dense(4)] [SoftmaxCrossEntropy(Targets = (Targets)7)]", "SN0007 2:0 SoftmaxCrossEntropy|Targets|7|one of ClassIndex, OneHot")]
    [InlineData("[Input(4, 4, 1)] [MaxPool2D(0)]", "SN0007 1:0 MaxPool2D|size|0|at least 1")]
    [InlineData("[Input(4, 4, 1)] [MaxPool2D(2, Stride = 0)]", "SN0007 1:1 MaxPool2D|Stride|0|at least 1")]
    [InlineData("[Input(4, 4, 1)] [AveragePool2D(2, -1)]", "SN0007 1:1 AveragePool2D|width|-1|at least 1")]
    [InlineData("[Input(4, 4, 1)] [MaxPool2D(2, Pads = [2])]", "SN0007 1:1 MaxPool2D|Pads|2|less than the window, so that each place has a cell")]
    [InlineData("[Input(4, 4, 6)] [Conv2D(4, 3, Groups = 4)]", "SN0007 1:2 Conv2D|Groups|4|a divisor of the 6 channels")]
    [InlineData("[Input(4, 4, 6)] [Conv2D(4, 3, Groups = 3)]", "SN0007 1:2 Conv2D|Groups|3|a divisor of the 4 filters")]
    [InlineData("[Input(4, 4, 6)] [ConvTranspose2D(4, 3, Groups = 3)]", "SN0007 1:2 ConvTranspose2D|Groups|3|a divisor of the 4 filters")]
    [InlineData("[Input(4, 4, 1)] [ZeroPad2D(-1)]", "SN0007 1:0 ZeroPad2D|padding|-1|at least 0")]
    [InlineData("[Input(4, 4, 1)] [Upsample2D(0)]", "SN0007 1:0 Upsample2D|factor|0|at least 1")]
    [InlineData("[Input(4, 4, 1)] [SpatialDropout2D(1.5)]", "SN0007 1:0 SpatialDropout2D|rate|1.5|from 0 up to, but not including, 1")]
    [InlineData("[Input(4)] [Reshape(2, 0)]", "SN0007 1:1 Reshape|shape|0|at least 1")]
    [InlineData("[Input(4, Layout = Layout.CHW)] [Dense(1)]", "SN0007 0:1 Input|Layout|Layout.CHW|HWC where the shape is not channels, height, width")]
    public void Wrong_arguments_are_found_where_they_are_written(string attributes, params string[] findings)
    {
        Assert.Equal(findings, Source.Findings(attributes));
        Assert.True(Source.Analyze(attributes).HasErrors);
    }

    [Theory]
    [InlineData("[Input(4)] [Dense(2, Initializer = Initializer.Constant, InitialValue = 0.1, L1 = 0, L2 = 0.1)]")]
    [InlineData("[Input(4)] [Dense(2, BiasInitializer = Initializer.Constant, InitialValue = 0.1)]")]
    [InlineData("[Input(4)] [LeakyRelu(-0.5), Elu(0.5), Dropout(0), Gelu(Approximation = GeluApproximation.Tanh)]")]
    [InlineData("[Input(4)] [Dense(2)] [SoftmaxCrossEntropy(LabelSmoothing = 0.1, Targets = Targets.OneHot)]")]
    public void Right_arguments_are_not(string attributes) => Assert.Empty(Source.Findings(attributes));
}
