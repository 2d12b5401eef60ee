using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>Analyzers run over a compilation.</summary>
internal static class AnalyzerRun
{
    /// <summary>What analyzers say about a compilation, in the order of the source; an analyzer that throws fails the test.</summary>
    public static Task<IReadOnlyList<Diagnostic>> Analyze(this Compilation compilation, params DiagnosticAnalyzer[] analyzers) =>
        compilation.Analyze(PreparedWeights.None, analyzers);

    /// <summary>The same with files of weights in the project.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Analyze(this Compilation compilation, PreparedWeights weights, params DiagnosticAnalyzer[] analyzers)
    {
        var cancellation = TestContext.Current.CancellationToken;
        List<string> failures = [];
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(weights.Texts, weights),
            (exception, analyzer, _) => failures.Add($"{analyzer}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync(cancellation);
        Assert.Empty(failures);
        return
        [
            .. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(d => d.Location.SourceSpan)
                .ThenBy(d => d.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Asserts that an analyzer says what the source's marks say, at exactly their spans, and nothing else. Messages are compared for
    /// the marks they are given for, in order.
    /// </summary>
    public static Task Expect<TAnalyzer>(string markedSource, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Expect<TAnalyzer>(Markup.Parse(markedSource), TestCompilation.ParseOptions, messages);

    private static async Task Expect<TAnalyzer>(Markup markup, CSharpParseOptions language, string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var diagnostics = await TestCompilation.Create(language, TestCompilation.Options, markup.Source).Analyze(new TAnalyzer());
        Assert.Equal(
            markup.Marks.Select(mark => Describe(mark.Id, mark.Span, markup.Source)),
            diagnostics.Select(d => Describe(d.Id, d.Location.SourceSpan, markup.Source)));
        Assert.Equal(messages, diagnostics.Take(messages.Length).Select(d => d.GetMessage(CultureInfo.InvariantCulture)));
    }

    /// <summary>Asserts the same of a source that the compiler itself accepts, in the oldest language and in the newest.</summary>
    public static async Task ExpectInValid<TAnalyzer>(string markedSource, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var markup = Markup.Parse(markedSource);
        foreach (var version in (LanguageVersion[])[LanguageVersion.CSharp12, LanguageVersion.Preview])
        {
            var language = TestCompilation.ParseOptions.WithLanguageVersion(version);
            var compilation = TestCompilation.Create(language, TestCompilation.Options, markup.Source);
            Assert.DoesNotContain(compilation.Problems(), d => d.Severity == DiagnosticSeverity.Error);
            await Expect<TAnalyzer>(markup, language, messages);
        }
    }

    private static string Describe(string id, Microsoft.CodeAnalysis.Text.TextSpan span, string source)
    {
        var before = source[..span.Start];
        var (line, column) = (before.Count(c => c == '\n') + 1, span.Start - before.LastIndexOf('\n'));
        return $"{id} at {line}:{column} \"{source.Substring(span.Start, span.Length)}\"";
    }
}
