using StaticNet.CodeFixes;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.CodeFixes;

/// <summary>Fixes of what a loss is given.</summary>
public class LossFixTests
{
    [Theory]
    [InlineData("[Dense(10), Softmax, SoftmaxCrossEntropy]", "[Dense(10), SoftmaxCrossEntropy]")]
    [InlineData("[Dense(10), Softmax]\n[SoftmaxCrossEntropy]", "[Dense(10)]\n[SoftmaxCrossEntropy]")]
    [InlineData("[Dense(10)]\n[Softmax, SoftmaxCrossEntropy]", "[Dense(10)]\n[SoftmaxCrossEntropy]")]
    [InlineData("[Dense(10)]\n[Softmax] // probabilities\n[SoftmaxCrossEntropy]", "[Dense(10)]\n[SoftmaxCrossEntropy]")]
    [InlineData("[Dense(10)]\n    // the head\n    [Softmax]\n    [SoftmaxCrossEntropy]", "[Dense(10)]\n    // the head\n    [SoftmaxCrossEntropy]")]
    public Task The_softmax_goes(string layers, string expected) =>
        Fixes<RemoveActivationFix>(layers, expected, "Remove Softmax");

    [Fact]
    public Task The_sigmoid_goes_before_binary_logits() =>
        Fixes<RemoveActivationFix>("[Dense(1), Sigmoid, BinaryCrossEntropy]", "[Dense(1), BinaryCrossEntropy]", "Remove Sigmoid");

    [Fact]
    public Task The_sigmoid_goes_before_classes() =>
        Fixes<RemoveActivationFix>("[Dense(3), Sigmoid, SoftmaxCrossEntropy]", "[Dense(3), SoftmaxCrossEntropy]", "Remove Sigmoid");

    [Theory]
    [InlineData("[Dense(3), CategoricalCrossEntropy]", "[Dense(3), SoftmaxCrossEntropy]")]
    [InlineData(
        "[Dense(3), StaticNet.CategoricalCrossEntropy(Targets = Targets.OneHot)]", "[Dense(3), StaticNet.SoftmaxCrossEntropy(Targets = Targets.OneHot)]")]
    public Task Classes_get_the_loss_from_logits(string layers, string expected) =>
        Fixes<LogitsLossFix>(layers, expected, "Use SoftmaxCrossEntropy");

    [Theory]
    [InlineData("[Dense(1), BinaryCrossEntropy(FromLogits = false)]", "[Dense(1), BinaryCrossEntropy]")]
    [InlineData("""[Dense(1, As = "y"), BinaryCrossEntropy(FromLogits = false, From = "y")]""", """[Dense(1, As = "y"), BinaryCrossEntropy(From = "y")]""")]
    [InlineData("""[Dense(1, As = "y"), BinaryCrossEntropy(From = "y", FromLogits = false)]""", """[Dense(1, As = "y"), BinaryCrossEntropy(From = "y")]""")]
    public Task A_loss_takes_logits(string layers, string expected) =>
        Fixes<LogitsLossFix>(layers, expected, "Let BinaryCrossEntropy take logits");

    [Fact]
    public Task A_use_of_a_block_stays_whatever_the_block_ends_with() => CodeFixRun.ExpectNothing<NetworkAnalyzer, RemoveActivationFix>(
        "[Block, Dense(10), Softmax] class Head; " + Network("[Block<Head>, SoftmaxCrossEntropy]"));

    private static Task Fixes<TFix>(string layers, string expected, string title)
        where TFix : Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider, new() =>
        CodeFixRun.Expect<NetworkAnalyzer, TFix>(Network(layers), Network(expected), title);

    private static string Network(string layers) => $"[Network]\n[Input(4)]\n{layers}\npublic partial class Net;\n";
}
