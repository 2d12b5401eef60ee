using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>A mistake of two lines points at both: the editor shows the second as an additional location.</summary>
public class RelatedLocationTests
{
    [Theory]
    [InlineData("""[Input(4), Dense(8, As = "a"), Dense(16), Add("a")]""", "SN0003", """Dense(8, As = "a")""")]
    [InlineData("[Input(4), Dense(1), Softmax]", "SN0003", "Dense(1)")]
    [InlineData("""[Input(4), Dense(8, As = "a"), Dense(2, As = "A")]""", "SN0005", """Dense(8, As = "a")""")]
    [InlineData("[Input(4, 4), Dense(8), SoftmaxCrossEntropy]", "SN0009", "Dense(8)")]
    [InlineData("[Input(4), Dense(8), Softmax, SoftmaxCrossEntropy]", "SN0010", "SoftmaxCrossEntropy")]
    [InlineData("[Input(4), Dense(8), SoftmaxCrossEntropy, Relu]", "SN0015", "SoftmaxCrossEntropy")]
    [InlineData("[Input(4), Dense(8), Sigmoid, SoftmaxCrossEntropy]", "SN0016", "SoftmaxCrossEntropy")]
    [InlineData("[Input(4), Dense(8), CategoricalCrossEntropy]", "SN0021", "Dense(8)")]
    [InlineData("[Input(4), Dense(8)] partial class Net; [Dense(2)]", "SN0008", "Input(4)")]
    [InlineData("[Input(4), Dense(0)]", "SN0007", null)]
    public async Task The_other_attribute_is_an_additional_location(string attributes, string id, string? expected)
    {
        var source = $"[Network] {attributes} partial class Net;";
        var diagnostic = Assert.Single(await TestCompilation.Create(source).Analyze(new NetworkAnalyzer()));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(
            expected is null ? [] : new[] { expected },
            diagnostic.AdditionalLocations.Select(l => source.Substring(l.SourceSpan.Start, l.SourceSpan.Length)));
    }
}
