using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Benchmarks.Generator;

/// <summary>A user's project as the compiler sees it: a network's declaration among files that have nothing to do with it.</summary>
internal sealed class Project
{
    private const int UnrelatedFiles = 50;

    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.CSharp13);
    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "StaticNet.dll" or "mscorlib.dll" or "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly SyntaxTree[] _trees;
    private int _edits;

    /// <param name="networks">The C# files that declare a network.</param>
    public Project(string[] networks)
    {
        _trees =
        [
            Parse("global using System; global using System.Collections.Generic; global using System.Linq;", "Usings.cs"),
            .. networks.Select((file, index) => Parse(file, string.Create(CultureInfo.InvariantCulture, $"Network{index}.cs"))),
            .. Enumerable.Range(0, UnrelatedFiles).Select(index => Parse(Unrelated(index, 0), FileName(index))),
        ];
    }

    public static CSharpGeneratorDriver Driver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: s_parsing);

    /// <summary>A compilation in which nothing is bound yet.</summary>
    public CSharpCompilation Compile() => CSharpCompilation.Create("Project", _trees, s_references, s_options);

    /// <summary>The compilation after a statement in one of the unrelated files was changed.</summary>
    public CSharpCompilation Edit(CSharpCompilation compilation)
    {
        var edited = compilation.SyntaxTrees.Single(tree => tree.FilePath == FileName(0));
        return compilation.ReplaceSyntaxTree(edited, Parse(Unrelated(0, ++_edits), FileName(0)));
    }

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, s_parsing, path);

    private static string FileName(int index) => string.Create(CultureInfo.InvariantCulture, $"Unrelated{index}.cs");

    private static string Unrelated(int index, int edit) => string.Create(CultureInfo.InvariantCulture, $$"""
        namespace Project;

        [Serializable]
        public sealed class Orders{{index}}
        {
            private readonly List<int> _quantities = [];

            [Obsolete("Use Total.")]
            public int Sum() => Total();

            public int Total() => _quantities.Where(quantity => quantity > {{edit}}).Sum();

            public void Add(int quantity)
            {
                if (quantity < 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(quantity));
                }

                _quantities.Add(quantity);
            }
        }
        """);
}
