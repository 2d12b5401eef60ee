namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>SN0003: shapes that meet.</summary>
public class ShapeRuleTests
{
    [Theory]
    [InlineData("""[Input(4), Dense(8, As = "a"), Dense(8), Add("a")]""")]
    [InlineData("""[Input(3, 4), Dense(8, As = "a"), Dense(5), Concat("a")]""")]
    [InlineData("""[Input(4, As = "a"), Input(4, As = "b"), Multiply("a", "b", From = "a")]""")]
    public Task Shapes_that_fit_are_right(string attributes) => NetworkRule.Accepts(attributes);

    [Theory]
    [InlineData(
        """[Input(4), Dense(8, As = "a"), Dense(16), Add({|SN0003:"a"|})]""",
        "Add(\"a\") needs the shape 16 of Dense(16) but Dense(8) gives 8")]
    [InlineData(
        """[Input(4), Dense(8, As = "a"), Dense(8, As = "b"), Dense(16, As = "c"), Multiply("a", "b", {|SN0003:"c"|})]""",
        "Multiply(\"a\", \"b\", \"c\") needs the shape 8 of Dense(8) but Dense(16) gives 16")]
    [InlineData(
        """[Input(2, 3, As = "a"), Input(3, 3, As = "b"), Concat("a", {|SN0003:"b"|}), Flatten]""",
        "Concat(\"a\", \"b\") needs a shape 2×n like Input(2, 3) but Input(3, 3) gives 3×3")]
    [InlineData("[Input(4), Dense(1), {|SN0003:Softmax|}]", "Softmax needs at least 2 values along the last axis but Dense(1) gives 1")]
    [InlineData(
        "[Input(28, 28, 1), Conv2D(32, 3), {|SN0003:Conv2D(8, 40)|}, Flatten]",
        "Conv2D(8, 40) needs at least 40×40 but Conv2D(32, 3) gives 26×26×32")]
    [InlineData(
        "[Input(6, 6, 1), {|SN0003:Conv2D(8, 3, Dilation = 4, Pads = [1])|}, Flatten]",
        "Conv2D(8, 3) needs at least 7×7 (4·(3−1)+1−2) but Input(6, 6, 1) gives 6×6×1")]
    [InlineData("[Input(6), {|SN0003:Conv2D(8, 3)|}]", "Conv2D(8, 3) needs height×width×channels but Input(6) gives 6")]
    [InlineData("[Input(6, 2), {|SN0003:ConvTranspose2D(8, 3)|}, Flatten]", "ConvTranspose2D(8, 3) needs height×width×channels but Input(6, 2) gives 6×2")]
    public Task Shapes_that_do_not_fit_are_told_with_both(string attributes, string message) => NetworkRule.Says(attributes, message);

    [Fact]
    public Task One_mistake_is_one_diagnostic() => NetworkRule.Says(
        """[Input(4), Dense(8, As = "a"), Dense(16), Add({|SN0003:"a"|}), Dense(1), SoftmaxCrossEntropy]""");
}
