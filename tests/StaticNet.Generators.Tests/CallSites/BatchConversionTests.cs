using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.CallSites;

public class BatchConversionTests
{
    /// <summary>Preview is C# 14 to this version of the compiler: spans convert by the rules of the language there.</summary>
    public static TheoryData<LanguageVersion> Languages => [LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.Preview];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_call_site_compiles_and_passes_its_values(LanguageVersion language)
    {
        var compilation = Compile(language, Source());
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning));

        image.Position = 0;
        AssertAllGiveTen(AssemblyLoadContext.Default.LoadFromStream(image).GetType(typeof(BatchConversions).FullName!)!);
    }

    [Fact]
    public void Every_call_site_works_in_the_language_of_this_project() => AssertAllGiveTen(typeof(BatchConversions));

    [Theory]
    [InlineData("float[] back = new Batch<Shape<N2>>();")]
    [InlineData("Span<float> back = new Batch<Shape<N2>>();")]
    [InlineData("ReadOnlySpan<float> back = new ReadOnlyBatch<Shape<N2>>();")]
    [InlineData("Batch<Shape<N2>> back = new ReadOnlyBatch<Shape<N2>>();")]
    [InlineData("Batch<Shape<N2>> written = new ReadOnlySpan<float>();")]
    [InlineData("Batch<Shape<N2>> other = new Batch<Shape<N1, N2>>();")]
    [InlineData("ReadOnlyBatch<Shape<N2>> other = new Batch<Shape<N1, N2>>();")]
    public void Nothing_converts_back_or_to_another_shape(string statement)
    {
        foreach (var language in Languages)
        {
            var compilation = Compile(language, $"class C {{ void M() {{ {statement} }} }}");
            Assert.Contains(compilation.Problems(), d => d.Id is "CS0029" or "CS0266");
        }
    }

    [Fact]
    public void Collection_on_the_stack_does_not_leave_its_method()
    {
        foreach (var language in Languages)
        {
            var compilation = Compile(language, "class C { ReadOnlyBatch<Shape<N2>> M(float x) => [x, x]; }");
            Assert.Equal("CS9203", Assert.Single(compilation.Problems()).Id);
        }
    }

    private static CSharpCompilation Compile(LanguageVersion language, string source) =>
        TestCompilation.Create(new CSharpParseOptions(language), TestCompilation.Options, source);

    private static string Source()
    {
        using var stream = typeof(BatchConversionTests).Assembly.GetManifestResourceStream("BatchConversions.cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void AssertAllGiveTen(Type callSites)
    {
        var methods = callSites.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        Assert.Equal(12, methods.Length);
        Assert.All(methods, method => Assert.Equal(10f, method.Invoke(null, null)));
    }
}
