using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>A generator's driver with what its last run gave; running again continues from it, as an editor does.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorRun(GeneratorDriver driver, Compilation output, ImmutableArray<Diagnostic> diagnostics)
    {
        _driver = driver;
        Output = output;
        Diagnostics = diagnostics;
        Result = driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
    }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>What the driver itself reports.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorRunResult Result { get; }

    public GeneratorDriver Driver => _driver;

    /// <summary>The generated files by hint name, ordered.</summary>
    public IReadOnlyList<(string HintName, string Text)> Files =>
        [.. Result.GeneratedSources.Select(s => (s.HintName, s.SourceText.ToString())).OrderBy(f => f.HintName, StringComparer.Ordinal)];

    /// <param name="compilation">What is compiled.</param>
    /// <param name="generator">What runs.</param>
    /// <param name="weights">The files of weights in the project.</param>
    public static GeneratorRun Start(Compilation compilation, IIncrementalGenerator generator, PreparedWeights? weights = null)
    {
        weights ??= PreparedWeights.None;
        var parseOptions = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        var driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            weights.Texts,
            parseOptions,
            weights,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, compilation);
    }

    /// <summary>Runs again, over an edited compilation.</summary>
    public GeneratorRun Then(Compilation compilation) => Run(_driver, compilation);

    /// <summary>Runs again, with other files of weights.</summary>
    public GeneratorRun Then(Compilation compilation, PreparedWeights weights) =>
        Run(_driver.ReplaceAdditionalTexts(weights.Texts).WithUpdatedAnalyzerConfigOptions(weights), compilation);

    /// <summary>Why each output of the steps with a tracking name is what it is.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string trackingName) =>
        [.. Result.TrackedSteps[trackingName].SelectMany(s => s.Outputs).Select(o => o.Reason)];

    /// <summary>The outputs of the steps with a tracking name.</summary>
    public IReadOnlyList<object> Values(string trackingName) =>
        [.. Result.TrackedSteps[trackingName].SelectMany(s => s.Outputs).Select(o => o.Value)];

    /// <summary>The reason of each source output.</summary>
    public IReadOnlyList<IncrementalStepRunReason> OutputReasons =>
        [.. Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(s => s.Outputs).Select(o => o.Reason)];

    private static GeneratorRun Run(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(
            compilation, out var output, out var diagnostics, TestContext.Current.CancellationToken);
        return new(driver, output, diagnostics);
    }
}
