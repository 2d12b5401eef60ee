using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>Every rule has a page, and what a page shows is true: the wrong example has just this diagnostic, the right one none.</summary>
public partial class RulePageTests
{
    private static readonly DiagnosticAnalyzer[] Analyzers = [new NetworkAnalyzer(), new FrozenAnalyzer(), new BatchLengthAnalyzer()];

    public static TheoryData<string> Ids => [.. Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_page_shows_its_rule(string id)
    {
        var rule = Analyzers.SelectMany(a => a.SupportedDiagnostics).First(d => d.Id == id);
        var page = await Read($"generators/rules/{id}.md");
        var examples = CodeBlocks().Matches(page).Select(match => match.Groups[1].Value).ToList();

        Assert.StartsWith($"# {id}: {rule.Title}\n\n{rule.DefaultSeverity}", page, StringComparison.Ordinal);
        Assert.EndsWith($"/generators/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.Equal(2, examples.Count);

        // The file that one page says is missing is there for all other examples.
        var weights = PreparedWeights.Of(("digits.safetensors", [("dense1.weight", [10, 784]), ("dense1.bias", [10])]), ("larger.safetensors", [("dense1.weight", [10, 1024])]));
        Assert.Equal([id], (await TestCompilation.Create(examples[0]).Analyze(id == Rules.NoWeights ? PreparedWeights.None : weights, Analyzers)).Select(d => d.Id));
        Assert.Empty(await TestCompilation.Create(examples[1]).Analyze(weights, Analyzers));
    }

    [Fact]
    public void Every_page_has_a_rule() =>
        Assert.Equal(
            Ids.Select(row => row.Data),
            Directory.EnumerateFiles(PathOf("generators/rules"), "*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_rule_is_listed()
    {
        var overview = await Read("generators/README.md");
        var notes = await Read("generators/StaticNet.Generators/Diagnostics/AnalyzerReleases.Shipped.md")
            + await Read("generators/StaticNet.Generators/Diagnostics/AnalyzerReleases.Unshipped.md");
        foreach (var rule in Analyzers.SelectMany(a => a.SupportedDiagnostics))
        {
            Assert.Contains($"\n{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}.", notes, StringComparison.Ordinal);
            Assert.Contains($"\n| [{rule.Id}](rules/{rule.Id}.md) | {rule.DefaultSeverity} | {rule.Title} |", overview, StringComparison.Ordinal);
        }
    }

    private static Task<string> Read(string path) => File.ReadAllTextAsync(PathOf(path), TestContext.Current.CancellationToken);

    private static string PathOf(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../..", path);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
