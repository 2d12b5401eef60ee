using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Tests.Parsing;

/// <summary>What the compiler rejects while someone types: it says so itself, and nothing is added to that.</summary>
public class BrokenSourceTests
{
    [Theory]
    [InlineData("[Input(4)] [Dense] [Softmax]")]
    [InlineData("[Input(4)] [Dense(] public partial class Net;")]
    [InlineData("[Input(4)] [Dense(\"ten\")] [SoftmaxCrossEntropy]")]
    [InlineData("[Input(4)] [Dense(size)] [SoftmaxCrossEntropy]")]
    [InlineData("[Input(4)] [Dense(2, Bias = true)] [SoftmaxCrossEntropy]")]
    [InlineData("[Input(4)] [Dense(2, L1 = \"much\")] [SoftmaxCrossEntropy]")]
    [InlineData("[Input(4)] [Dense(2, As = name)] [SoftmaxCrossEntropy]")]
    [InlineData("[Input(4, x)] [Dense(2), Add(\"input\")]")]
    [InlineData("[Input(4)] [Dense(2)] [Huber(\"a\")]")]
    [InlineData("[Input(4)] [Dense(2)] [Add(\"input\", 3)]")]
    [InlineData("[Input(4)] [Dense(4, As = \"a\"), Dense(4, From = \"input\")] [Add(\"a\", 3)]")]
    [InlineData("[Input(4)] [Dense(2)] [MyOwn]")]
    [InlineData("[Input(4)] [Dense(2)] [Convolution(3)]")]
    public void Broken_attributes_have_no_findings(string attributes)
    {
        var text = $"[Network] {attributes} public partial class Net; public sealed class MyOwnAttribute : DeclarationAttribute;";
        var model = NetworkAnalysis.Analyze(Source.Parse(text, mustCompile: false));

        Assert.Empty(model.Findings);
    }

    [Theory]
    [InlineData("[Input(4)] [Dense] [Softmax]")]
    [InlineData("[Input(4)] [Dense(2, L1 = \"much\")]")]
    [InlineData("[Input(4)] [Dense(2)] [Huber(\"a\")]")]
    public void A_network_with_a_broken_layer_has_errors(string attributes) =>
        Assert.True(NetworkAnalysis.Analyze(Source.Parse($"[Network] {attributes} public partial class Net;", mustCompile: false)).HasErrors);
}
