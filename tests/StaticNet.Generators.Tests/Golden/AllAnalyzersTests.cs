using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Golden;

/// <summary>A network gives no warning in a project with <c>AnalysisMode</c> All, on the generated half or on the user's own.</summary>
public class AllAnalyzersTests
{
    /// <summary>Rules about whole assemblies, which a network cannot keep or break.</summary>
    private static readonly string[] OfAssemblies = ["CA1014", "CA1016", "CA1017"];

    private static readonly string[] Assemblies = ["Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll"];

    [Fact]
    public async Task No_analyzer_has_anything_to_say()
    {
        var analyzers = SdkAnalyzers();
        Assert.SkipWhen(analyzers.Count == 0, "The SDK's analyzers are not beside the runtime.");
        var all = analyzers.SelectMany(a => a.SupportedDiagnostics)
            .Select(d => d.Id).Distinct()
            .ToDictionary(id => id, _ => ReportDiagnostic.Error);
        var compilation = TestCompilation.Create(
            TestCompilation.ParseOptions,
            TestCompilation.Options.WithSpecificDiagnosticOptions(all),
            """
            namespace Networks;

            /// <summary>One input and a loss.</summary>
            [Network]
            [Input(28, 28), Flatten, Dense(32), Relu, Dropout(0.5), Dense(10), SoftmaxCrossEntropy]
            public partial class Digits;

            /// <summary>Two inputs and no loss.</summary>
            [Network]
            [Input(8, As = "user"), Input(16, As = "item"), Concat("user", "item"), Dense(4, As = "head"), Sigmoid]
            internal sealed partial class Recommender;
            """);
        var output = GeneratorRun.Start(compilation, new NetworkGenerator()).Output;

        var diagnostics = await output.Analyze([.. analyzers]);
        Assert.DoesNotContain(diagnostics, d => !OfAssemblies.Contains(d.Id));
        Assert.Contains(diagnostics, d => d.Id == OfAssemblies[0]);
    }

    /// <summary>The analyzers of the newest SDK that is installed with the runtime of this process.</summary>
    private static List<DiagnosticAnalyzer> SdkAnalyzers()
    {
        var sdks = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../sdk"));
        var folder = !sdks.Exists ? null : sdks.EnumerateDirectories()
            .Select(sdk => Path.Combine(sdk.FullName, "Sdks/Microsoft.NET.Sdk/analyzers"))
            .Where(Directory.Exists)
            .Order(StringComparer.Ordinal)
            .LastOrDefault();
        return folder is null
            ? []
            : [.. Assemblies
                .SelectMany(name => Assembly.LoadFrom(Path.Combine(folder, name)).GetTypes())
                .Where(type => !type.IsAbstract
                    && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
    }
}
