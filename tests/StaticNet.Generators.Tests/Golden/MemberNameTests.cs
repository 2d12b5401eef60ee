using Microsoft.CodeAnalysis;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Golden;

/// <summary>No name that a layer or an input is given meets one that the generated class has already.</summary>
public class MemberNameTests
{
    private const string Attributes = "[Input(4), Dense(3), Relu, Dense(2), SoftmaxCrossEntropy]";
    private static readonly string[] Free = ["core", "info", "values", "layer1", "weight", "value", "field", "var", "äöü", "x", "path", "network"];

    /// <summary>The members that come from no layer, with a small letter first, as a user would call a layer.</summary>
    public static TheoryData<string> Taken =>
    [
        .. Generate(Attributes).Output.GetTypeByMetadataName("Net")!.GetMembers()
            .Where(member => member.CanBeReferencedByName && member.DeclaredAccessibility == Accessibility.Public)
            .Select(member => member.Name)
            .Where(name => !name.StartsWith("Dense", StringComparison.Ordinal))
            .Select(name => char.ToLowerInvariant(name[0]) + name[1..])
            .Distinct().Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Taken))]
    [InlineData("output")]
    [InlineData("_core")]
    [InlineData("dense2Parameters")]
    public async Task A_name_that_is_taken_is_reported(string name)
    {
        var run = Generate(Attributes.Replace("Dense(3)", $"Dense(3, As = \"{name}\")", StringComparison.Ordinal));

        Assert.Equal(["SN0006"], (await run.Output.Analyze(new NetworkAnalyzer())).Select(d => d.Id));
        Assert.Empty(run.Output.Problems());
    }

    [Theory]
    [InlineData("otherGradient")]
    [InlineData("output")]
    public async Task A_name_that_meets_a_parameter_is_reported(string name)
    {
        var run = Generate($"[Input(4, As = \"{name}\"), Input(4, As = \"other\"), Concat(\"{name}\", \"other\"), Dense(2)]");

        Assert.Equal(["SN0006"], (await run.Output.Analyze(new NetworkAnalyzer())).Select(d => d.Id));
        Assert.Empty(run.Output.Problems());
    }

    [Fact]
    public async Task Layers_may_have_any_other_name()
    {
        var layers = string.Join(", ", Free.Select(name => $"Dense(2, As = \"{name}\")"));
        var run = Generate($"[Input(4), {layers}]");

        Assert.Empty(await run.Output.Analyze(new NetworkAnalyzer()));
        Assert.Empty(run.Output.Problems());
    }

    [Fact]
    public async Task Inputs_may_have_any_other_name()
    {
        foreach (var names in Free.Chunk(4))
        {
            var inputs = string.Join(", ", names.Select(name => $"Input(2, As = \"{name}\")"));
            var run = Generate($"[{inputs}, Concat({string.Join(", ", names.Select(name => $"\"{name}\""))}), Dense(2)]");

            Assert.Empty(await run.Output.Analyze(new NetworkAnalyzer()));
            Assert.Empty(run.Output.Problems());
        }
    }

    private static GeneratorRun Generate(string attributes) => GeneratorRun.Start(
        TestCompilation.Create($"/// <summary>A network.</summary>\n[Network] {attributes} public partial class Net;"), new NetworkGenerator());
}
