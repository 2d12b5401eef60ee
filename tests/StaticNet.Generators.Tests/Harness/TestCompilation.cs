using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>Compilations in memory, against the library as it was built and the framework that runs the tests.</summary>
internal static class TestCompilation
{
    public static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(Path.Combine(AppContext.BaseDirectory, "StaticNet.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The oldest language that declarations can be written in.</summary>
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    public static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, deterministic: true);

    /// <summary>What <c>ImplicitUsings</c> gives a user, and the library.</summary>
    public const string GlobalUsings = "global using System; global using System.Collections.Generic; global using StaticNet;";

    /// <summary>A compilation of files called <c>Network.cs</c>, <c>Network1.cs</c>, ….</summary>
    public static CSharpCompilation Create(params string[] sources) => Create(ParseOptions, Options, sources);

    public static CSharpCompilation Create(CSharpParseOptions parseOptions, CSharpCompilationOptions options, params string[] sources) =>
        CSharpCompilation.Create(
            "Consumer",
            [
                Parse(GlobalUsings, "GlobalUsings.cs", parseOptions),
                .. sources.Select((source, i) => Parse(source, NameOf(i), parseOptions)),
            ],
            References,
            options);

    public static SyntaxTree Parse(string source, string path, CSharpParseOptions? parseOptions = null) =>
        CSharpSyntaxTree.ParseText(source, parseOptions ?? ParseOptions, path, System.Text.Encoding.UTF8);

    /// <summary>The path of the file that holds the source of an ordinal.</summary>
    public static string NameOf(int ordinal) => ordinal == 0 ? "Network.cs" : $"Network{ordinal}.cs";

    /// <summary>The same compilation with another text in one of its files.</summary>
    public static Compilation Edit(this Compilation compilation, string source, int ordinal = 0)
    {
        var old = compilation.SyntaxTrees.Single(tree => tree.FilePath == NameOf(ordinal));
        return compilation.ReplaceSyntaxTree(old, Parse(source, old.FilePath, (CSharpParseOptions)old.Options));
    }

    public static Compilation AddFile(this Compilation compilation, string source, string path) =>
        compilation.AddSyntaxTrees(Parse(source, path, (CSharpParseOptions)compilation.SyntaxTrees.First().Options));

    /// <summary>The compiler's own errors and warnings.</summary>
    public static IReadOnlyList<Diagnostic> Problems(this Compilation compilation) =>
        [.. compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning)];
}
