using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.Generators.Tests.Harness;

/// <summary>The harness finds what it is there to find.</summary>
public class HarnessTests
{
    private const string Two = "public partial class A;\npublic partial class B;";

    [Fact]
    public void Markup_gives_the_source_and_nested_marks()
    {
        var markup = Markup.Parse("a{|SN0001:b{|SN0002:c|}|}d");

        Assert.Equal("abcd", markup.Source);
        Assert.Equal([new Mark("SN0001", new TextSpan(1, 2)), new Mark("SN0002", new TextSpan(2, 1))], markup.Marks);
    }

    [Fact]
    public void Markup_refuses_a_mark_without_end() => Assert.Throws<ArgumentException>(() => Markup.Parse("{|SN0001:b"));

    [Fact]
    public void A_compilation_sees_the_library_and_the_framework()
    {
        var compilation = TestCompilation.Create("class C { Span<float> F() => new List<float>().ToArray(); }");

        Assert.Empty(compilation.Problems());
        Assert.Contains(compilation.ReferencedAssemblyNames, name => name.Name == "StaticNet");
    }

    [Fact]
    public void Reasons_tell_what_an_edit_touched()
    {
        var compilation = TestCompilation.Create(Two);
        var run = GeneratorRun.Start(compilation, new ClassNames());
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.New], run.Reasons("Name"));

        run = run.Then(compilation.Edit(Two.Replace("B", "C", StringComparison.Ordinal)));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], run.Reasons("Name"));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], run.OutputReasons);
    }

    [Fact]
    public async Task A_golden_file_must_exist_and_be_equal_but_for_line_endings()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var test = Path.Combine(folder, "SomeTests.cs");
            var verified = Path.Combine(folder, "SomeTests.Case#A.g.verified.cs");
            var received = Path.Combine(folder, "SomeTests.Case#A.g.received.cs");
            var run = GeneratorRun.Start(TestCompilation.Create("partial class A;"), new ClassNames());

            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Verifier.Verify(run, test, "Case"));
            Assert.Equal("partial class A\n{\n}\n", await File.ReadAllTextAsync(received, TestContext.Current.CancellationToken));

            await File.WriteAllTextAsync(verified, "partial class A\r\n{\r\n}", TestContext.Current.CancellationToken);
            await Verifier.Verify(run, test, "Case");
            Assert.False(File.Exists(received));

            await File.WriteAllTextAsync(Path.Combine(folder, "SomeTests.Case#Old.g.verified.cs"), "", TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Verifier.Verify(run, test, "Case"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_object_graph_reaches_private_fields_and_elements()
    {
        List<object> reached = [];
        ObjectGraph.Visit(new List<object> { new Lazy<object>(Two), new object[] { new Version(1, 2) } }, reached.Add);

        Assert.Contains(reached, value => value is Lazy<object>);
        Assert.Contains(reached, value => value is Version);
    }

    /// <summary>Declares each class once more.</summary>
    private sealed class ClassNames : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var names = context.SyntaxProvider
                .CreateSyntaxProvider((node, _) => node is ClassDeclarationSyntax, (c, _) => ((ClassDeclarationSyntax)c.Node).Identifier.Text)
                .WithTrackingName("Name");
            context.RegisterSourceOutput(names, (output, name) => output.AddSource($"{name}.g.cs", $"partial class {name}\n{{\n}}\n"));
        }
    }
}
