namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0007, SN0018: values of arguments.</summary>
public class ArgumentRuleTests
{
    [Fact]
    public Task Values_in_range_are_right() => NetworkRule.Accepts(
        "[Input(new[] { 2, 3 }), Flatten] [Dense(units: 8, L2 = 1e-4, Initializer = Initializer.HeNormal), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]");

    [Theory]
    [InlineData("[Input(4), Dense({|SN0007:0|})]", "Dense: units is 0 but must be at least 1")]
    [InlineData("[Input(4)] [Relu, Dense({|SN0007:units: -3|})]", "Dense: units is -3 but must be at least 1")]
    [InlineData("[Input(28, {|SN0007:0|}, 1)] [Flatten, Dense(2)]", "Input: shape is 0 but must be at least 1")]
    [InlineData("[{|SN0007:Input|}] [Dense(2)]", "Input: shape is empty but must be at least one extent")]
    [InlineData("[Input({|SN0007:new[] { 28, -1 }|})] [Flatten, Dense(2)]", "Input: shape is -1 but must be at least 1")]
    [InlineData("[Input(1, 2, 3, 4, 5, 6, {|SN0007:7|}, 8)] [Flatten, Dense(2)]", "Input: shape is 8 extents but must be at most 6 extents")]
    [InlineData("[Input({|SN0007:new[] { 1, 2, 3, 4, 5, 6, 7 }|})] [Flatten, Dense(2)]", "Input: shape is 7 extents but must be at most 6 extents")]
    [InlineData("[Input(4), Dense(2, UseBias = true, {|SN0007:L2 = -0.5|})]", "Dense: L2 is -0.5 but must be a finite number of at least 0")]
    [InlineData("[Input(4), Dense(2, {|SN0007:L1 = double.NaN|})]", "Dense: L1 is NaN but must be a finite number of at least 0")]
    [InlineData("[Input(4), Dense(2)] [SoftmaxCrossEntropy({|SN0007:LabelSmoothing = 1.5|})]",
        "SoftmaxCrossEntropy: LabelSmoothing is 1.5 but must be from 0 up to, but not including, 1")]
    [InlineData("[Input(4), Dense(2, {|SN0007:InitialValue = 3|})]",
        "Dense: InitialValue is 3 but must be left out when no initialiser is Constant")]
    public Task An_argument_has_a_range(string attributes, string message) => NetworkRule.Says(attributes, message);

    [Fact]
    public Task An_enumeration_has_its_names() => NetworkRule.Says(
        "[Input(4), Dense(2, {|SN0007:Initializer = (Initializer)99|})]",
        "Dense: Initializer is 99 but must be one of Default, Zeros, Constant, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal");

    [Fact]
    public Task An_input_can_be_counted() => NetworkRule.Says(
        "[{|SN0018:Input(65536, 65536)|}] [Dense(2)]",
        "Input(65536, 65536) would have 65536×65536 = 4294967296 numbers, more than the 2147483647 that can be indexed");

    [Fact]
    public Task A_weight_can_be_counted() => NetworkRule.Says(
        "[Input(65536), Dense({|SN0018:65536|})]",
        "Dense(65536) would have 65536×65536 = 4294967296 numbers, more than the 2147483647 that can be indexed");

    [Fact]
    public Task The_largest_that_can_be_counted_is_right() => NetworkRule.Accepts("[Input(2147483647), Dense(1)]");
}
