using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Golden;

/// <summary>Generated code is clean in a project that tolerates nothing.</summary>
public class StrictConsumerTests
{
    private static readonly CSharpCompilationOptions Strict = TestCompilation.Options
        .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
        .WithWarningLevel(9999)
        .WithOverflowChecks(true)
        .WithAllowUnsafe(false);

    public static TheoryData<string> Names => Networks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Generated_code_has_no_errors_and_no_warnings(string name)
    {
        var parseOptions = TestCompilation.ParseOptions.WithFeatures([new("strict", "true")]);
        var compilation = TestCompilation.Create(parseOptions, Strict, Networks.All[name]);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator());

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Output.Problems());
        Assert.Empty(await compilation.Analyze(new NetworkAnalyzer()));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public void Later_languages_read_it_too(LanguageVersion language)
    {
        var compilation = TestCompilation.Create(TestCompilation.ParseOptions.WithLanguageVersion(language), Strict, Networks.All["two inputs"]);

        Assert.Empty(GeneratorRun.Start(compilation, new NetworkGenerator()).Output.Problems());
    }

    [Fact]
    public void Networks_live_side_by_side()
    {
        // Names that meet once dots are gone.
        string[] names = ["A.B_C", "A_B.C", "A.B.C", "A_B_C"];
        var compilation = TestCompilation.Create(TestCompilation.ParseOptions, TestCompilation.Options, [.. names.Select(Declare)]);
        var run = GeneratorRun.Start(compilation, new NetworkGenerator());

        Assert.Empty(run.Output.Problems());

        static string Declare(string name)
        {
            var dot = name.LastIndexOf('.');
            var space = dot < 0 ? "" : $"namespace {name[..dot]};\n";
            return $"{space}[Network, Input(2), Dense(2)]\npublic partial class {name[(dot + 1)..]};\n";
        }
    }

    [Fact]
    public void Types_of_the_user_are_in_nobodys_way()
    {
        const string types = "namespace Mine { class System; class StaticNet; class Math; class Vector512; class Shape; class Batch; class N2; class Vector; class Span; class Single; }";
        var compilation = TestCompilation.Create(
            TestCompilation.ParseOptions, TestCompilation.Options, "namespace Mine;\n[Network, Input(2), Dense(2), SoftmaxCrossEntropy] public partial class Net;", types);

        Assert.Empty(GeneratorRun.Start(compilation, new NetworkGenerator()).Output.Problems());
    }
}
