using System.Runtime.CompilerServices;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Samples;

/// <summary>The code that the README of the XOR sample shows is the code that the generator writes.</summary>
public sealed class XorReadmeTests
{
    [Fact]
    public void Readme_shows_the_declaration_and_the_method_generated_from_it()
    {
        var folder = SampleFolder();
        var declaration = File.ReadAllText(Path.Combine(folder, "XorNetwork.cs")).ReplaceLineEndings("\n");
        var run = GeneratorRun.Start(TestCompilation.Create(declaration), new NetworkGenerator());
        var kernels = run.Files.Single(file => file.HintName.EndsWith("Kernels512.g.cs", StringComparison.Ordinal)).Text;

        ShowsBlock(declaration[declaration.IndexOf("[Network]", StringComparison.Ordinal)..], folder);
        ShowsBlock(Method(kernels, "    // Predict, unrolled"), folder);
    }

    private static void ShowsBlock(string code, string folder)
    {
        var readme = File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n");
        Assert.True(
            readme.Contains($"```csharp\n{code}```\n", StringComparison.Ordinal),
            $"samples/Xor/README.md does not show this code, which it should:\n{code}");
    }

    /// <summary>A method of a generated class from the comment over it to its last brace, without indentation.</summary>
    private static string Method(string text, string comment)
    {
        var start = text.IndexOf(comment, StringComparison.Ordinal);
        var end = text.IndexOf("\n    }\n", start, StringComparison.Ordinal) + "\n    }\n".Length;
        return text[start..end].Replace("\n    ", "\n", StringComparison.Ordinal)[4..];
    }

    private static string SampleFolder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "samples", "Xor"));
}
